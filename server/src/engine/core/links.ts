const pages = 'https://github.com/podwright/podwright/blob/main/server/src/rules';

/** The address of a rule's page, or undefined for findings that no rule makes. */
export function rulePage(id: string, locale: 'en' | 'zh' = 'en'): string | undefined {
  if (!/^(kubernetes|dockerfile)\/[a-z0-9-]+$/.test(id)) return undefined;
  return `${pages}/${id}/${locale === 'zh' ? 'rule.zh.md' : 'rule.md'}`;
}
