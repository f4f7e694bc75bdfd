import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `server/src/rules`. */
export const rulesFolder = fileURLToPath(new URL('../../server/src/rules/', import.meta.url));

export const pageNames = ['rule.md', 'rule.zh.md', 'cases.md'] as const;
export type PageName = (typeof pageNames)[number];

/** The ids of all rule folders on disk, complete or not. */
export function folderIds(): readonly string[] {
  return ['kubernetes', 'dockerfile'].flatMap((language) =>
    readdirSync(join(rulesFolder, language), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${language}/${entry.name}`)
      .sort(),
  );
}

/** The text of a file of a rule's folder, LF line ends; undefined where it is missing. */
export function pageOf(id: string, name: PageName | 'rule.ts'): string | undefined {
  try {
    return readFileSync(join(rulesFolder, id, name), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
