import type { TextEdit } from '../text/span.ts';
import type { IgnoreComment } from './ignore-comment.ts';
import type { Text } from './message.ts';

/** Titles of the actions that every finding offers. */
export const ignoreTexts = {
  here: { en: 'Ignore {rule} here', zh: '在此处忽略 {rule}' },
  inFile: { en: 'Ignore {rule} in this file', zh: '在此文件中忽略 {rule}' },
  switchOff: { en: 'Switch {rule} off in {file}', zh: '在 {file} 中关闭 {rule}' },
  broken: {
    en: 'This document cannot be read to the end, so no comment can be placed safely. Repair it first.',
    zh: '此文档无法完整解析，无法安全地添加注释，请先修复语法。',
  },
  nowhere: {
    en: 'No line above this place can hold a comment. Use the configuration file instead.',
    zh: '此处上方无法添加注释，请改用配置文件。',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** An ignore comment for one rule, without indentation and line end. */
export function ignoreLine(rule: string, kind: IgnoreComment['kind']): string {
  return `# podwright-ignore${kind === 'file' ? '-file' : ''} ${rule}`;
}

/** One more rule in a comment that is there already; nothing where it names the rule, or ignores all of them. */
export function addRule({ kind, rules, end }: IgnoreComment, rule: string): readonly TextEdit[] {
  if (rules.some(({ id }) => id === rule) || (kind === 'file' && rules.length === 0)) return [];
  return [{ span: { start: end, end }, newText: `${rules.length === 0 ? ' ' : ', '}${rule}` }];
}
