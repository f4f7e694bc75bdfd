import type { Text } from '../core/message.ts';

/** What is said about a configuration file. */
export const configTexts = {
  syntax: {
    en: 'This configuration cannot be read to the end, and only what could be read counts: {problem}.',
    zh: '此配置无法完整解析，仅已读取的部分生效：{problem}。',
  },
  duplicate: {
    en: 'The key {key} stands more than once, and the last one counts. Remove the others.',
    zh: '键 {key} 出现了多次，以最后一个为准。请删除其余的。',
  },
  notMap: {
    en: 'The configuration must be a map of settings, such as "rules:". Nothing of it counts.',
    zh: '配置必须是由设置组成的映射，例如 “rules:”。当前内容全部不生效。',
  },
  notMapOf: {
    en: '{key} must be a map. It is passed over.',
    zh: '{key} 必须是映射，已忽略。',
  },
  notList: {
    en: '{key} must be a list. It is passed over.',
    zh: '{key} 必须是列表，已忽略。',
  },
  unknownKey: {
    en: 'There is no setting {key}. Remove it.',
    zh: '没有名为 {key} 的设置，请删除。',
  },
  unknownKeyNearest: {
    en: 'There is no setting {key}. Write {near} if that is what you mean.',
    zh: '没有名为 {key} 的设置，是否想写 {near}？',
  },
  unknownRule: {
    en: 'There is no rule {key}. "podwright rules" lists all of them.',
    zh: '没有名为 {key} 的规则。可用 “podwright rules” 查看全部规则。',
  },
  unknownRuleNearest: {
    en: 'There is no rule {key}. Write {near} if that is what you mean.',
    zh: '没有名为 {key} 的规则，是否想写 {near}？',
  },
  level: {
    en: 'The level of {id} must be off, hint, info, warning or error. The rule keeps its own.',
    zh: '{id} 的级别必须是 off、hint、info、warning 或 error。该规则仍使用自身的级别。',
  },
  choice: {
    en: '{key} must be one of these: {values}. The default counts.',
    zh: '{key} 只能是以下之一：{values}。当前使用默认值。',
  },
  version: {
    en: 'kubernetesVersion must be a version such as "1.35", {oldest} or later. The default counts.',
    zh: 'kubernetesVersion 必须是形如 "1.35" 的版本，且不低于 {oldest}。当前使用默认值。',
  },
  glob: {
    en: 'This must be a file pattern, such as "charts/vendor/**". It is passed over.',
    zh: '此处必须是文件匹配模式，例如 "charts/vendor/**"，已忽略。',
  },
  globTooMuch: {
    en: 'This pattern is too long or has too many alternatives. Write it as several patterns.',
    zh: '此模式过长或分支过多，请拆成多个模式。',
  },
  path: {
    en: 'This must be a path relative to the configuration file: the folder of the build, or its Dockerfile. It is passed over.',
    zh: '此处必须是相对于配置文件的路径：构建目录或其 Dockerfile，已忽略。',
  },
  workload: {
    en: 'A workload needs group, kind and path. It is passed over.',
    zh: '每个 workload 都必须有 group、kind 和 path，已忽略。',
  },
  podPath: {
    en: 'This is no path to a Pod spec. Write it like spec.template.spec, with [] for every item and * for every key.',
    zh: '这不是 Pod 规约的路径。请写成 spec.template.spec 的形式，用 [] 表示每一项，用 * 表示每个键。',
  },
} as const satisfies Readonly<Record<string, Text>>;
