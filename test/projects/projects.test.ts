import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { otherFile, settled } from '../../server/src/engine/core/elsewhere.ts';
import { render } from '../../server/src/engine/core/message.ts';
import type { Finding, Fix } from '../../server/src/engine/core/finding.ts';
import { ruleIds, Session } from '../../server/src/engine/session.ts';
import { kindOf } from '../../server/src/engine/sniff.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { fileKey } from '../../server/src/engine/workspace/paths.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';
import { rules } from '../../server/src/rules/index.ts';

type Files = Readonly<Record<string, string>>;

const here = import.meta.dirname;
const root = '/r';
const allRules = [...rules.kubernetes, ...rules.dockerfile];

/** Every file below a folder, by its path with slashes. */
function filesIn(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
  return Object.fromEntries(paths.sort().map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]));
}

/** The path of a file of the project, by its URI or its key. */
function pathIn(uri: string): string {
  return fileKey(uri).slice(root.length + 1);
}

interface Said {
  readonly path: string;
  readonly finding: Finding;
}

function lintAll(files: Files): readonly Said[] {
  const index = new WorkspaceIndex(ruleIds(rules));
  index.setRoots([root]);
  for (const [path, text] of Object.entries(files)) index.update(`${root}/${path}`, text, 'disk');
  for (const uri of index.wanted()) index.update(uri, files[pathIn(uri)] ?? '', 'disk');
  index.setListed(root);
  const session = new Session(rules, index);
  return Object.entries(files).flatMap(([path, text]) => {
    const kind = kindOf(path);
    if (kind === undefined) return [];
    session.update(`${root}/${path}`, kind, text);
    return session.lint(`${root}/${path}`).map((finding) => ({ path, finding }));
  });
}

function lines(files: Files, said: readonly Said[]): readonly string[] {
  return said.map(({ path, finding }) => `${path}:${String(new SourceText(files[path] ?? '').positionAt(finding.span.start).line + 1)} ${finding.severity} ${finding.rule}`).sort();
}

/** The files that a fix changes, as they are then; or the reason why it can change none. */
function outcomeOf(files: Files, path: string, fix: Fix): Files | string {
  const outcome = settled(fix.outcome(), (uri) => otherFile(files[pathIn(uri)]));
  if (outcome.kind === 'refused') return render(outcome.reason, 'en');
  const uris = [...new Set(outcome.edits.map(({ uri }) => uri))];
  return Object.fromEntries(uris.map((uri) => {
    const changed = uri === undefined ? path : pathIn(uri);
    return [changed, applyEdits(files[changed] ?? '', outcome.edits.filter((edit) => edit.uri === uri))];
  }));
}

function findFix(said: readonly Said[], key: string): { readonly path: string; readonly finding: Finding; readonly fix: Fix } {
  const [name, fixKey] = key.split('.');
  const found = said.find(({ finding }) => finding.rule.endsWith(`/${name ?? ''}`));
  const fix = found?.finding.fixes.find((candidate) => fixKey === undefined || candidate.key === fixKey);
  if (found === undefined || fix === undefined) throw new Error(`no finding of ${key} with such a fix`);
  return { ...found, fix };
}

const count = (said: readonly Said[]): ReadonlyMap<string, number> =>
  said.reduce((counts, { finding }) => counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1), new Map<string, number>());

const projects = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

describe.each(projects)('%s', (name) => {
  const folder = join(here, name);
  const files = filesIn(join(folder, 'files'));
  const said = lintAll(files);

  it('has these findings', () => {
    expect(lines(files, said)).toEqual(readFileSync(join(folder, 'findings.txt'), 'utf8').split('\n').filter((line) => line !== ''));
  });

  const after = join(folder, 'after');
  const keys = existsSync(after) ? readdirSync(after) : [];
  it.each(keys)('%s', (key) => {
    const wanted = filesIn(join(after, key));
    const { path, finding, fix } = findFix(said, key);
    const outcome = outcomeOf(files, path, fix);
    const reason = wanted['refused.txt'];
    if (reason !== undefined) {
      expect(outcome).toContain(reason.trim());
      return;
    }
    expect(outcome).toEqual(wanted);
    const next = lintAll({ ...files, ...wanted });
    const before = count(said);
    const now = count(next);
    expect(now.get(finding.rule) ?? 0).toBeLessThan(before.get(finding.rule) ?? 0);
    const reveals = allRules.find(({ meta }) => meta.id === finding.rule)?.meta.mayReveal ?? [];
    expect([...now].filter(([rule, times]) => times > (before.get(rule) ?? 0) && !reveals.includes(rule))).toEqual([]);
  });
});
