import type { Text } from '../engine/core/message.ts';
import type { CommandName } from './args.ts';

const common: Text = {
  en: `
Everywhere:
      --color auto|always|never   colours (auto: on a terminal; NO_COLOR and FORCE_COLOR count)
      --lang en|zh                language of messages (else LC_ALL, LC_MESSAGES, LANG)
      --debug                     on an internal error, show where
  -h, --help                      this text, or that of a command
  -V, --version                   the version
`,
  zh: `
通用选项：
      --color auto|always|never   颜色（auto：仅在终端中；遵循 NO_COLOR 与 FORCE_COLOR）
      --lang en|zh                消息语言（默认取自 LC_ALL、LC_MESSAGES、LANG）
      --debug                     出现内部错误时显示位置
  -h, --help                      显示此帮助，或某个命令的帮助
  -V, --version                   显示版本
`,
};

const overview: Text = {
  en: `podwright checks Kubernetes manifests and Dockerfiles, and repairs them.

  podwright check [PATH|GLOB|-]...   check files and directories (default: this directory)
  podwright timeline FILE            show how the Pods of a file start and stop
  podwright rules                    list the rules
  podwright explain ID               explain a rule
  podwright lsp --stdio              serve the Language Server Protocol

Try:  podwright check            what is wrong here?
      podwright check --fix      repair what is safe to repair
`,
  zh: `podwright 检查并修复 Kubernetes 清单和 Dockerfile。

  podwright check [路径|通配符|-]...   检查文件和目录（默认：当前目录）
  podwright timeline 文件              展示文件中 Pod 的启动与停止过程
  podwright rules                      列出规则
  podwright explain ID                 解释一条规则
  podwright lsp --stdio                提供语言服务器协议（LSP）服务

试试：podwright check            这里有什么问题？
      podwright check --fix      自动修复可安全修复的问题
`,
};

const pages: Readonly<Record<CommandName, Text>> = {
  check: {
    en: `podwright check [PATH|GLOB|-]...

Checks Dockerfiles (Dockerfile*, *.Dockerfile, Containerfile*) and YAML files that hold Kubernetes
objects. Directories are searched; what .gitignore names, node_modules and .git are passed over.
A file that you name is always read, unless a .podwright.yaml ignores it. "-" is standard input.

      --fix                       repair what is safe: the meaning of what runs cannot change
      --fix --unsafe              repair also what needs your eyes: look at the result
      --stdin-filename NAME       the name of standard input; with --fix the repaired text is printed
  -f, --format pretty|json        how to print findings
      --severity LEVEL            error, warning, information or hint: leave out what is weaker
      --fail-on LEVEL|never       exit with 1 from this severity on (default: information)
  -c, --config FILE               take this configuration for all files, not the nearest .podwright.yaml
      --no-inline-ignore          show also what "# podwright-ignore" comments ignore
      --no-ignore                 do not read .gitignore
  -q, --quiet                     findings only: no summary, no notes

Exit code: 0 clean (hints may remain), 1 findings, 2 error, 3 nothing to check.
`,
    zh: `podwright check [路径|通配符|-]...

检查 Dockerfile（Dockerfile*、*.Dockerfile、Containerfile*）以及包含 Kubernetes 对象的 YAML 文件。
目录会递归搜索，跳过 .gitignore 中的文件、node_modules 和 .git。
直接指定的文件总会读取，除非 .podwright.yaml 将其忽略。“-”表示标准输入。

      --fix                       自动执行安全的修复：不会改变实际运行的含义
      --fix --unsafe              同时执行需要人工确认的修复：请检查结果
      --stdin-filename 名称       标准输入的文件名；与 --fix 一起使用时输出修复后的文本
  -f, --format pretty|json        输出格式
      --severity 级别             error、warning、information 或 hint：不显示更弱的问题
      --fail-on 级别|never        达到此级别时以 1 退出（默认：information）
  -c, --config 文件               所有文件都使用此配置，而不是最近的 .podwright.yaml
      --no-inline-ignore          同时显示被 “# podwright-ignore” 注释忽略的问题
      --no-ignore                 不读取 .gitignore
  -q, --quiet                     只显示问题，不显示汇总和说明

退出码：0 没有问题（可能仍有提示），1 发现问题，2 出错，3 没有可检查的内容。
`,
  },
  timeline: {
    en: `podwright timeline FILE|-

Shows how the Pods of a manifest start and stop: in which order, what each container waits for and for how
long, when the Pod is ready, who is killed at the end, and what only looks like a gate. All from the file: no cluster
is asked. "-" is standard input.

  -f, --format text|json|svg|mermaid   how to show it (default: text)
  -n, --name NAME                      only this workload: web, or Deployment/web; svg and mermaid show one
      --fail CONTAINER=HOW             play a failure: crash, hang, or never (starts)
      --stdin-filename NAME            the name of standard input

Exit code: 0 shown, 2 error, 3 nothing to show.

Example:  podwright timeline deploy/web.yaml --fail proxy=hang
`,
    zh: `podwright timeline 文件|-

展示清单中 Pod 的启动与停止过程：容器的先后顺序、各自等待什么以及等待多久、Pod 何时就绪、停止时谁会被强制终止，
以及哪些探针看似关卡实则无效。全部依据文件推演，不访问集群。“-”表示标准输入。

  -f, --format text|json|svg|mermaid   输出格式（默认：text）
  -n, --name 名称                      只展示该工作负载：web 或 Deployment/web；svg 与 mermaid 只能展示一个
      --fail 容器=方式                 推演故障：crash（崩溃）、hang（无响应）或 never（无法启动）
      --stdin-filename 名称            标准输入的文件名

退出码：0 已展示，2 出错，3 没有可展示的内容。

示例：podwright timeline deploy/web.yaml --fail proxy=hang
`,
  },
  rules: {
    en: `podwright rules [--json]

Lists the rules: id, severities, whether there is a fix, and what they find.

      --json                      as JSON, in both languages
`,
    zh: `podwright rules [--json]

列出规则：ID、严重程度、是否可修复以及检查内容。

      --json                      以 JSON 输出（中英文）
`,
  },
  explain: {
    en: `podwright explain ID

Shows the page of a rule: what it finds, why, and how it is repaired. Works offline.

Example:  podwright explain kubernetes/no-readiness-probe
`,
    zh: `podwright explain ID

显示规则的说明页：检查什么、为什么以及如何修复。可离线使用。

示例：podwright explain kubernetes/no-readiness-probe
`,
  },
  lsp: {
    en: `podwright lsp [--stdio]

Serves the Language Server Protocol on standard input and output, for editors.
`,
    zh: `podwright lsp [--stdio]

通过标准输入输出提供语言服务器协议（LSP）服务，供编辑器使用。
`,
  },
};

/** The help text of a command, or of the program. */
export function helpOf(command: CommandName | undefined): Text {
  const page = command === undefined ? overview : pages[command];
  return { en: page.en + common.en, zh: page.zh + common.zh };
}
