import { message, type MessageArguments, type Text } from '../../engine/core/message.ts';
import type { Refusal } from './recipe.ts';

/** Why a stage is not split, in the words a user reads. */
const texts = {
  product: {
    en: 'The path of the built program cannot be read from this file; name it in the build command and in CMD.',
    zh: '无法从此文件得知构建出的程序路径；请在构建命令和 CMD 中写明该路径。',
  },
  otherProgram: {
    en: 'By go.mod the build makes "{made}", and the container starts "{program}"; name the file with go build -o.',
    zh: '按 go.mod，构建产物名为“{made}”，而容器启动的是“{program}”；请用 go build -o 指定文件名。',
  },
  otherArtifact: {
    en: 'By pom.xml the build makes "{made}", and the container starts "{program}".',
    zh: '按 pom.xml，构建产物是“{made}”，而容器启动的是“{program}”。',
  },
  builtAtStart: {
    en: 'The container builds when it starts: "{command}" needs the sources and the toolchain.',
    zh: '容器在启动时才构建：“{command}”需要源代码和工具链。',
  },
  developmentPackage: {
    en: '"{tool}" belongs to devDependencies of package.json, and the final image gets only what production needs; move it to dependencies.',
    zh: '“{tool}”属于 package.json 的 devDependencies，而最终镜像只包含生产依赖；请将其移到 dependencies。',
  },
  noScript: {
    en: 'package.json has no script "{script}", which "{command}" runs.',
    zh: '“{command}”要运行的脚本“{script}”在 package.json 中不存在。',
  },
  patches: {
    en: 'The build patches node_modules, and yarn would undo that when it removes development dependencies.',
    zh: '构建时会给 node_modules 打补丁，而 yarn 移除开发依赖时会将其还原。',
  },
  nextConfig: {
    en: '"next start" reads a next.config.ts with TypeScript, which belongs to devDependencies; move it to dependencies, or copy next.config.js by name.',
    zh: '“next start”读取 next.config.ts 时需要 TypeScript，而它属于 devDependencies；请将其移到 dependencies，或在 COPY 中写明 next.config.js。',
  },
  browser: {
    en: 'The installation of "{name}" puts a browser outside node_modules, and the libraries it needs are not known for the final image.',
    zh: '安装“{name}”时会将浏览器放在 node_modules 之外，而且尚不清楚它在最终镜像中需要哪些库。',
  },
  addon: {
    en: 'The libraries that "{name}" finds in the full image are not known for the small one; add a final stage by hand.',
    zh: '“{name}”会用到完整镜像中的库，尚不清楚精简镜像需要补装哪些；请手动编写最终阶段。',
  },
  shared: {
    en: 'The build makes shared libraries of its own, and where the program finds them cannot be told; install them into one directory and copy that by hand.',
    zh: '此构建会生成自己的共享库，无法判断程序在何处加载它们；请将它们安装到同一目录并手动复制。',
  },
  cplusplus: {
    en: 'The C++ library of "{image}" may be newer than that of any small image; link with -static-libstdc++ -static-libgcc, or build on debian or ubuntu.',
    zh: '“{image}”中的 C++ 标准库可能比任何精简镜像中的都新；请在链接时加上 -static-libstdc++ -static-libgcc，或改用 debian、ubuntu 镜像构建。',
  },
  crate: {
    en: 'The libraries that the crate "{name}" finds in the build image are not known for the final one; add a final stage by hand.',
    zh: 'crate“{name}”会用到构建镜像中的库，尚不清楚最终镜像需要补装哪些；请手动编写最终阶段。',
  },
  moduleFiles: {
    en: 'The program looks for files of the module "{module}" in the module cache when it runs, and the final image has none.',
    zh: '程序运行时会在模块缓存中查找模块“{module}”的文件，而最终镜像中没有模块缓存。',
  },
  otherProduct: {
    en: 'By {project} the build makes "{made}", and the container starts "{program}".',
    zh: '按 {project}，构建产物是“{made}”，而容器启动的是“{program}”。',
  },
  amongSources: {
    en: 'The build puts the program into "{path}", where the sources lie; give dotnet publish a directory of its own with -o.',
    zh: '构建将程序放入源代码所在的“{path}”；请用 dotnet publish -o 指定单独的输出目录。',
  },
  dotnetVersion: {
    en: 'The .NET version of "{image}" cannot be told, so no runtime image can be chosen; name it in the tag, as in sdk:10.0.',
    zh: '无法得知“{image}”的 .NET 版本，因此无法选择运行时镜像；请在标签中写明，例如 sdk:10.0。',
  },
  needsMix: {
    en: '"{command}" needs Mix and the sources at run time; build a release with mix release, and start that.',
    zh: '“{command}”在运行时需要 Mix 和源代码；请用 mix release 构建发布包并启动它。',
  },
  withoutErlang: {
    en: 'By mix.exs the release has no Erlang in it (include_erts), so it only runs in an image with the same Erlang.',
    zh: '按 mix.exs，该发布包不包含 Erlang（include_erts），只能在带有相同 Erlang 的镜像中运行。',
  },
  classPath: {
    en: 'The jar names its libraries by paths (Class-Path in {file}), and where the build puts them cannot be told.',
    zh: '该 jar 按路径引用依赖库（{file} 中的 Class-Path），无法得知构建时将它们放在何处。',
  },
  javaVersion: {
    en: 'The Java version of "{image}" cannot be told, so no runtime image can be chosen; name it in the tag, as in {example}.',
    zh: '无法得知“{image}”的 Java 版本，因此无法选择运行时镜像；请在标签中写明，例如 {example}。',
  },
  several: {
    en: 'The container starts several programs ({programs}), and only the files of one could be followed.',
    zh: '容器会启动多个程序（{programs}），无法逐一确定它们各自需要的文件。',
  },
  script: {
    en: 'The container starts "{program}", which this file does not show: what it calls cannot be told.',
    zh: '容器启动的是“{program}”，此文件看不到其内容，无法判断它会调用什么。',
  },
  packageScript: {
    en: '"{command}" runs a script of package.json, which this file does not show; let CMD name the built file, as in CMD ["node", "dist/main.js"].',
    zh: '“{command}”运行的是 package.json 中的脚本，此文件看不到其内容；请让 CMD 直接指明构建产物，例如 CMD ["node", "dist/main.js"]。',
  },
  framework: {
    en: '"{command}" reads configuration and files beside the build output at run time, and this file does not list them.',
    zh: '“{command}”运行时还会读取构建产物之外的配置和文件，而此文件没有列出它们。',
  },
  source: {
    en: '"{path}" does not look like a product of the build, so the container needs the sources at run time.',
    zh: '“{path}”看起来不是构建产物，因此容器运行时仍需要源代码。',
  },
  reads: {
    en: 'The program is given "{path}" at run time, and this file cannot tell whether "{copy}" brings it along.',
    zh: '程序运行时会读取“{path}”，而此文件无法判断“{copy}”是否包含它。',
  },
  unread: {
    en: 'The program is given "{path}" at run time, and no COPY of this file names it; copy it by that name above the build.',
    zh: '程序运行时会读取“{path}”，而此文件没有任何 COPY 写明它；请在构建之前用 COPY 写明该路径。',
  },
  preload: {
    en: 'Node.js loads "{path}" before the program, and what that needs beside the build output cannot be told.',
    zh: 'Node.js 会在程序之前加载“{path}”，无法判断除构建产物外它还需要什么。',
  },
  mounted: {
    en: 'The build only mounts "{path}", so the stage does not hold it; bring it with a COPY above the build.',
    zh: '构建时只是挂载了“{path}”，该阶段中并没有它；请在构建之前用 COPY 将其复制进来。',
  },
  update: {
    en: '"{command}" installs from package lists that another RUN fetched; put apt-get update and apt-get install into one RUN.',
    zh: '“{command}”使用了另一个 RUN 获取的软件包列表；请将 apt-get update 和 apt-get install 写在同一个 RUN 中。',
  },
  command: {
    en: 'It cannot be told whether the running program needs what "{command}" does.',
    zh: '无法判断运行中的程序是否需要“{command}”的结果。',
  },
  mixed: {
    en: '"{command}" builds and sets up the system in one RUN; split it into two.',
    zh: '“{command}”在同一个 RUN 中既构建又配置系统；请将其拆分为两个 RUN。',
  },
  library: {
    en: 'The library behind the package "{name}" is not known for the final image; add a final stage by hand.',
    zh: '尚不清楚软件包“{name}”在最终镜像中对应哪个运行时库；请手动编写最终阶段。',
  },
  package: {
    en: 'The package list "{command}" depends on the build, so the final stage cannot repeat it.',
    zh: '软件包列表“{command}”取决于构建过程，最终阶段无法照样安装。',
  },
  tool: {
    en: 'ENTRYPOINT, CMD or HEALTHCHECK calls "{tool}", which the final image would not have.',
    zh: 'ENTRYPOINT、CMD 或 HEALTHCHECK 会调用“{tool}”，而最终镜像中没有它。',
  },
  user: {
    en: 'The user "{user}" would not exist in the final image; create it with a RUN useradd or adduser of its own.',
    zh: '最终镜像中不存在用户“{user}”；请用单独的 RUN useradd 或 adduser 创建该用户。',
  },
  variable: {
    en: 'The variable "{name}" gets its value from the build image, so it would be empty in the final stage.',
    zh: '变量“{name}”的值来自构建镜像，在最终阶段会变为空值。',
  },
  cache: {
    en: 'The build writes "{path}" into a cache mount, and nothing of a cache mount is part of the stage.',
    zh: '构建将“{path}”写入缓存挂载，而缓存挂载中的内容不会成为该阶段的一部分。',
  },
  base: {
    en: 'A small runtime image that fits "{image}" is not known.',
    zh: '尚不清楚与“{image}”相配的精简运行时镜像。',
  },
  archived: {
    en: 'The Debian release of "{image}" has left the mirrors, so the final stage could not install {packages}; update the base image first.',
    zh: '“{image}”所用的 Debian 版本已从软件源下架，最终阶段无法安装 {packages}；请先升级基础镜像。',
  },
  manager: {
    en: 'The final stage cannot install what "{manager}" installed here.',
    zh: '最终阶段无法安装此处由“{manager}”安装的软件包。',
  },
  workdir: {
    en: 'The working directory cannot be read from this file.',
    zh: '无法从此文件得知工作目录。',
  },
  workspace: {
    en: 'The build covers several packages of a workspace, and where their dependencies lie cannot be told from this file.',
    zh: '此构建涉及工作区中的多个包，无法从此文件得知它们的依赖位于何处。',
  },
  install: {
    en: 'This file does not show how the dependencies are installed, so they cannot be reduced to those needed at run time.',
    zh: '此文件没有说明如何安装依赖，因此无法将其精简为运行时所需的部分。',
  },
  berry: {
    en: 'Yarn 2 and later keep packages where .yarnrc.yml says, and this file does not show it.',
    zh: 'Yarn 2 及更高版本按 .yarnrc.yml 的设置存放依赖，而此文件看不到该设置。',
  },
  corepack: {
    en: 'Corepack runs the Yarn release that package.json names; it is not shown here, and Yarn 2 and later keep packages elsewhere.',
    zh: 'Corepack 会运行 package.json 指定的 Yarn 版本，此文件看不到该版本，而 Yarn 2 及更高版本会将依赖存放在别处。',
  },
  prisma: {
    en: 'The generated Prisma client lies in node_modules, and {manager} would delete it when it removes development dependencies.',
    zh: '生成的 Prisma 客户端位于 node_modules 中，{manager} 移除开发依赖时会将其一并删除。',
  },
  outputUnknown: {
    en: 'Where "{command}" puts its files is decided elsewhere; name the directory in the build command.',
    zh: '“{command}”的输出目录在别处设置；请在构建命令中写明目录。',
  },
  noBuild: {
    en: 'This file has no build command, and no script "build" of package.json is known.',
    zh: '此文件没有构建命令，也没有找到 package.json 中的“build”脚本。',
  },
  nginxUser: {
    en: 'The container runs as "{user}", and nginx needs a configuration of its own for that.',
    zh: '容器以“{user}”身份运行，而 nginx 需要另行配置才能这样运行。',
  },
  nginxVolume: {
    en: 'The image declares the volume "{path}", and nginx would not use it.',
    zh: '镜像声明了卷“{path}”，而 nginx 不会用到它。',
  },
  selection: {
    en: '{keyword} cannot move to a build stage; select RUN, COPY and ADD only.',
    zh: '{keyword} 无法移到构建阶段；请只选择 RUN、COPY 和 ADD。',
  },
  selectedPackage: {
    en: 'The running program may need the package "{name}"; leave its installation out of the selection.',
    zh: '运行中的程序可能需要软件包“{name}”；请不要选中安装它的指令。',
  },
  noOutput: {
    en: 'It cannot be told from the selected instructions what they make.',
    zh: '无法从所选指令得知其产物。',
  },
  scriptTool: {
    en: 'The script "{program}" calls "{tool}", which the final image would not have.',
    zh: '脚本“{program}”会调用“{tool}”，而最终镜像中没有它。',
  },
  rootDirectory: {
    en: 'The project is copied to "/", where it cannot be told from the system; give it a WORKDIR of its own.',
    zh: '项目被复制到“/”，无法与系统文件区分；请为其设置单独的 WORKDIR。',
  },
  removed: {
    en: 'A RUN removes the build packages again, so the finished image does not hold them and a build stage would win little.',
    zh: '已有 RUN 将构建用的软件包移除，成品镜像中并没有它们，再拆出构建阶段收益不大。',
  },
  systemPackages: {
    en: '"{command}" installs into the Python of the system or of a user, so the packages do not lie in one directory; install into a virtual environment.',
    zh: '“{command}”将包安装到系统或用户的 Python 中，这些包不在同一个目录里；请安装到虚拟环境。',
  },
  loginShell: {
    en: 'A login shell sets PATH anew and would not find the virtual environment; call the shell without -l.',
    zh: '登录 shell 会重新设置 PATH，从而找不到虚拟环境；请去掉 -l。',
  },
  absolutePath: {
    en: '"{text}" names the packages by the path where they are now, and they move to a virtual environment; name programs without a directory.',
    zh: '“{text}”按当前路径引用已安装的包，而这些包会移到虚拟环境；请不要为程序写明目录。',
  },
  requirements: {
    en: 'Which packages are installed cannot be read here, so it cannot be told which libraries of the full image they use; add a -slim stage by hand.',
    zh: '此处无法得知会安装哪些包，因此无法判断它们用到完整镜像中的哪些库；请手动添加基于 -slim 的阶段。',
  },
  gems: {
    en: 'Gemfile.lock is not known here, so it cannot be told which libraries of the full image the gems use; add a -slim stage by hand.',
    zh: '此处没有 Gemfile.lock，无法判断各 gem 用到完整镜像中的哪些库；请手动添加基于 -slim 的阶段。',
  },
  compiles: {
    en: '"{name}" compiles when the program runs, so the final image needs the compiler as well.',
    zh: '“{name}”会在程序运行时进行编译，因此最终镜像同样需要编译器。',
  },
  lost: {
    en: 'The result would lose {what}; please report this file as a bug.',
    zh: '转换结果会丢失 {what}；请将此文件作为缺陷反馈。',
  },
} satisfies Readonly<Record<string, Text>>;

export function refuse(reason: keyof typeof texts, args: MessageArguments = {}): Refusal {
  return { refused: message(texts[reason], args) };
}
