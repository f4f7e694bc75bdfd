import { message, type Message, type MessageArguments, type Text } from '../../engine/core/message.ts';
import type { ExecRefusal } from '../../engine/shell/exec-form.ts';

/** Why an init cannot be put in front of a command. */
const texts = {
  unknownBase: {
    en: 'Nothing in this file tells how to install {init} on "{image}"; a static tini would work there.',
    zh: '此文件中没有任何信息表明如何在“{image}”上安装 {init}；可改用静态构建的 tini。',
  },
  notPackaged: {
    en: '{init} is not packaged for the distribution of "{image}"; a static tini would work there.',
    zh: '“{image}”所用的发行版没有 {init} 软件包；可改用静态构建的 tini。',
  },
  noManager: {
    en: '"{image}" has no package manager that could install {init}; a static tini would work there.',
    zh: '“{image}”中没有可用来安装 {init} 的包管理器；可改用静态构建的 tini。',
  },
  archived: {
    en: '"{image}" is a Debian release whose packages have left the mirrors, so {init} cannot be installed; move to a newer base image first.',
    zh: '“{image}”所用的 Debian 版本已从软件源下架，无法安装 {init}；请先换用较新的基础镜像。',
  },
  tooOld: {
    en: 'Ubuntu {release} has no package of {init}; move to a newer base image first.',
    zh: 'Ubuntu {release} 没有 {init} 软件包；请先换用较新的基础镜像。',
  },
  unknownUser: {
    en: '{init} must be installed as root, and "USER {user}" cannot be restored here because its variable is not defined in this stage.',
    zh: '安装 {init} 需要 root 权限，但“USER {user}”中的变量未在此阶段定义，之后无法切换回去。',
  },
  baseEntrypoint: {
    en: '"{image}" starts "{program}" in its own ENTRYPOINT; an init must stand in front of that, not of CMD.',
    zh: '“{image}”自身的 ENTRYPOINT 会启动“{program}”；init 必须放在它之前，而不是 CMD 之前。',
  },
  unknownEntrypoint: {
    en: 'Nothing tells whether "{image}" has an ENTRYPOINT, so an init in front of CMD could become one of its arguments.',
    zh: '无从得知“{image}”是否自带 ENTRYPOINT，若在 CMD 前面加 init，它可能会变成 ENTRYPOINT 的参数。',
  },
  shellArguments: {
    en: 'The shell form of CMD becomes arguments of the ENTRYPOINT here; write CMD in exec form first.',
    zh: '此处 shell 形式的 CMD 会变成 ENTRYPOINT 的参数；请先将 CMD 改写为 exec 形式。',
  },
  abandons: {
    en: '"{program}" does not wait for the app when it gets SIGTERM, so an init in front of it does not help; start the app itself.',
    zh: '“{program}”收到 SIGTERM 后不会等待应用退出，在它前面加 init 没有用；请直接启动应用本身。',
  },
  forgets: {
    en: '"{program}" is a script that does not wait for its server when it gets SIGTERM, so an init in front of it does not help; start the server itself.',
    zh: '“{program}”是一个脚本，收到 SIGTERM 后不会等待它启动的服务退出，在它前面加 init 没有用；请直接启动该服务。',
  },
  unchecked: {
    en: 'The change could not be proved to leave everything else as it is.',
    zh: '无法确认此修改不会影响其他内容。',
  },
} satisfies Readonly<Record<string, Text>>;

export type Reason = keyof typeof texts;

export function reason(key: Reason, args: MessageArguments = {}): Message {
  return message(texts[key], args);
}

const script: Text = {
  en: 'The shell has to stay here ({why}); move the command to an entrypoint script that ends in exec "$@".',
  zh: '此处的 shell 必须保留（{why}）；请将命令移到以 exec "$@" 结尾的入口脚本中。',
};

/** What keeps a shell text from ending in one `exec`. */
const obstacles: Readonly<Record<ExecRefusal, Text>> = {
  empty: { en: 'There is no command here.', zh: '此处没有命令。' },
  'syntax-error': { en: 'The shell would not understand this command; correct it first.', zh: 'shell 无法解析此命令；请先更正。' },
  compound: because('a loop, a condition or a subshell', '循环、条件或子 shell'),
  pipe: because('a pipe', '管道'),
  background: because('a background process', '后台进程'),
  alternative: because('the last command runs only when another fails', '最后一条命令仅在前一条失败时执行'),
  'not-last': because('something runs after the server', '服务之后还有其他命令'),
  redirect: because('output goes to a file', '输出重定向到文件'),
  heredoc: because('a here-document', 'here-document'),
  builtin: because('the last command is a shell builtin', '最后一条命令是 shell 内建命令'),
  trap: because('it handles signals itself', '它自行处理信号'),
  assignment: because('a variable is assigned in front of the program', '程序前有变量赋值'),
};

function because(en: string, zh: string): Text {
  return { en: script.en.replace('{why}', en), zh: script.zh.replace('{why}', zh) };
}

export function obstacle(refusal: ExecRefusal): Message {
  return message(obstacles[refusal]);
}
