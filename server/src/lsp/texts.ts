import type { Locale, Text } from '../engine/core/message.ts';

/** What the server itself says, beside the rules' own sentences. */
export const texts = {
  fixAllSame: { en: 'Fix all in this file: {title}', zh: '修复此文件中的所有同类问题：{title}' },
  fixAllLike: { en: 'Fix all like this in this file: {title}', zh: '按此方式修复此文件中的所有同类问题：{title}' },
  fixAllSafe: { en: 'Fix all safely fixable Podwright problems', zh: '修复所有可安全修复的 Podwright 问题' },
  cannot: { en: '"{title}" cannot be done here: {reason}', zh: '此处无法执行“{title}”：{reason}' },
  app: { en: 'The app of this Pod', zh: '此 Pod 的应用容器' },
  noPattern: { en: 'No pattern recognised', zh: '未识别出模式' },
  aboutPattern: { en: 'About this pattern', zh: '了解此模式' },
} as const satisfies Readonly<Record<string, Text>>;

/** Puts sentences that are already rendered into another one; unlike user text they are never cut. */
export function compose(text: Text, locale: Locale, parts: Readonly<Record<string, string>>): string {
  return text[locale].replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}
