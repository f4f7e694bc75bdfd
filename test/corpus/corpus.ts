/** Real files from public repositories, beside this checkout or in PODWRIGHT_CORPUS. They are not part of the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseBlocks } from '../rules/fixture.ts';
import { folderIds, pageNames, pageOf } from '../rules/load.ts';

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

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

/** What everybody has: `examples/`, and every example and case of the rules' own pages as a file. */
export function ownFiles(): readonly CorpusFile[] {
  const shown = readdirSync(examples, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$|^Dockerfile/.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => ({ path: join('examples', relative(examples, path)), type: typeOf(path), text: readFileSync(path, 'utf8') }));
  const pages = folderIds().flatMap((id) =>
    pageNames.flatMap((page) =>
      parseBlocks(pageOf(id, page) ?? '', `${id}/${page}`).map(({ kind, flags, text, at }) => {
        const name = flags.file ?? (kind === 'yaml' ? 'manifest.yaml' : 'Dockerfile');
        return { path: `rules/${id}/${page}/${String(at)}/${name}`, type: kind === 'dockerfile' ? 'dockerfile' : name.includes('/templates/') ? 'helm-template' : 'k8s-workload', text };
      }),
    ),
  );
  // Both languages show the same examples.
  return [...shown, ...new Map(pages.map((file) => [`${file.type} ${file.text}`, file])).values()];
}

function typeOf(path: string): string {
  return path.endsWith('.yaml') || path.endsWith('.yml') ? 'k8s-workload' : 'dockerfile';
}
