/** Real files from public repositories, beside this checkout or in PODWRIGHT_CORPUS. They are not part of the project. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CorpusFile {
  /** Path inside the corpus. */
  readonly path: string;
  /** What the index calls it: `dockerfile`, `k8s-workload`, `negative-yaml`… */
  readonly type: string;
  readonly text: string;
}

const folder = process.env['PODWRIGHT_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** Why there is nothing to test, or undefined where the corpus is there. */
export const missing = existsSync(join(folder, 'INDEX.tsv'))
  ? undefined
  : `No corpus of real files in ${folder}: set PODWRIGHT_CORPUS to test over one.`;

/** All files of the index; none where the corpus is missing. */
export function corpus(): readonly CorpusFile[] {
  if (missing !== undefined) {
    process.stderr.write(`${missing}\n`);
    return [];
  }
  const [head = '', ...rows] = readFileSync(join(folder, 'INDEX.tsv'), 'utf8').trim().split(/\r?\n/);
  const columns = head.split('\t');
  const cell = (cells: readonly string[], name: string): string => cells[columns.indexOf(name)] ?? '';
  return rows.flatMap((row) => {
    const cells = row.split('\t');
    const path = join(cell(cells, 'repo').replace('/', '__'), cell(cells, 'path'));
    return existsSync(join(folder, path)) ? [{ path, type: cell(cells, 'type'), text: readFileSync(join(folder, path), 'utf8') }] : [];
  });
}
