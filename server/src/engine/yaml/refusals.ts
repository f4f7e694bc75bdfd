import { message, type Message, type Text } from '../core/message.ts';

/** Why an edit is not made. `{path}` names the field. */
const texts = {
  broken: {
    en: 'This document has YAML syntax errors. Repair them first.',
    zh: '此文档存在 YAML 语法错误，请先修复。',
  },
  empty: {
    en: 'This document is empty, so there is no place for {path}.',
    zh: '此文档为空，没有可以写入 {path} 的位置。',
  },
  shared: {
    en: '{path} is shared through a YAML anchor, alias or merge key. Edit it by hand, because other places would change too.',
    zh: '{path} 通过 YAML 锚点、别名或合并键与其他位置共用，修改会影响那些位置，请手动编辑。',
  },
  unknown: {
    en: '{path} may be supplied by a template or a merge key. Edit it by hand.',
    zh: '{path} 可能由模板或合并键提供，请手动编辑。',
  },
  template: {
    en: '{path} stands among template actions that may change what an edit means. Edit it by hand.',
    zh: '{path} 周围的模板语句可能改变修改的含义，请手动编辑。',
  },
  missing: {
    en: '{path} does not stand in this document.',
    zh: '此文档中没有 {path}。',
  },
  shape: {
    en: '{path} has another shape than the edit needs. Edit it by hand.',
    zh: '{path} 的结构与此修改的要求不符，请手动编辑。',
  },
  repeated: {
    en: 'The key {path} stands more than once. Remove the copies first.',
    zh: '键 {path} 出现了多次，请先删除重复项。',
  },
  taken: {
    en: '{path} already stands next to it. Remove one of the two first.',
    zh: '同级已存在 {path}，请先删除其中一个。',
  },
  commented: {
    en: '{path} holds comments that the edit would lose. Edit it by hand.',
    zh: '{path} 中有注释，修改会丢失这些注释，请手动编辑。',
  },
  unusual: {
    en: '{path} is written in a way that cannot be edited safely. Edit it by hand.',
    zh: '{path} 的写法无法安全地自动修改，请手动编辑。',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type Reason = keyof typeof texts;

export function because(reason: Reason, path: string): Message {
  return message(texts[reason], path === '' ? { path: '(root)' } : { path });
}
