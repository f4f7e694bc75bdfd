/** The files of a new rule's folder; undefined for an id that no rule may have. */
export function templateFiles(
  id: string,
): Readonly<Record<'rule.ts' | 'rule.md' | 'rule.zh.md' | 'cases.md', string>> | undefined;
