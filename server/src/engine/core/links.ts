const main = 'https://github.com/podwright/podwright/blob/main';
const pages = `${main}/server/src/rules`;

/** The address of a rule's page, or undefined for findings that no rule makes. */
export function rulePage(id: string, locale: 'en' | 'zh' = 'en'): string | undefined {
  if (!/^(kubernetes|dockerfile)\/[a-z0-9-]+$/.test(id)) return undefined;
  return `${pages}/${id}/${locale === 'zh' ? 'rule.zh.md' : 'rule.md'}`;
}

/** The address of the page about a multi-container pattern (`sidecar`) or one of its scenarios (`sidecar/metrics`). */
export function patternPage(path: string, locale: 'en' | 'zh' = 'en'): string {
  const page = path.includes('/') ? path : `${path}/index`;
  return `${main}/docs/patterns/${page}${locale === 'zh' ? '.zh' : ''}.md`;
}
