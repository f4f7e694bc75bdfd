import { message, type Message, type MessageArguments, type Text } from '../../engine/core/message.ts';
import type { ExecRefusal } from '../../engine/shell/exec-form.ts';

/** Why an init cannot be put in front of a command. */
const texts = {
  windows: {
    en: 'Containers on Windows have no process 1 that an init could be.',
    zh: 'Windows 容器没有可由 init 担任的 1 号进程。',
  },
  numbered: {
    en: '{init} would come from a stage of its own, and stages are named by number here (--from=0), so it would shift them; give them names first.',
    zh: '{init} 需要来自一个新增的阶段，而此处按编号引用阶段（--from=0），新增阶段会使编号错位；请先为这些阶段命名。',
  },
  syntax: {
    en: '{init} would be fetched by ADD --checksum, which "{syntax}" does not know for sure; use docker/dockerfile:1.6 or later, or run under tini.',
    zh: '{init} 需要通过 ADD --checksum 下载，而“{syntax}”不一定支持；请使用 docker/dockerfile:1.6 或更高版本，或改用 tini。',
  },
  platform: {
    en: '{init} would be fetched for amd64 or arm64, and this stage is built for "{platform}"; run under tini instead.',
    zh: '只能下载 amd64 或 arm64 版本的 {init}，而此阶段面向“{platform}”构建；请改用 tini。',
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
