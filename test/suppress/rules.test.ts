/**
 * *Ignore here* on every finding of the real rules over real files: ../shared/corpus beside the checkout, or the folder
 * named in PODWRIGHT_CORPUS. Says so and goes on with the examples alone without.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Finding } from '../../server/src/engine/core/finding.ts';
import { ignoreHere as ignoreInstruction, ignoresOf as instructionIgnores } from '../../server/src/engine/dockerfile/ignores.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { Session } from '../../server/src/engine/session.ts';
import { kindOf } from '../../server/src/engine/sniff.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { ignoreHere as ignoreNode, ignoresOf as nodeIgnores } from '../../server/src/engine/yaml/ignores.ts';
import { splitStream } from '../../server/src/engine/yaml/stream.ts';
import { rules } from '../../server/src/rules/index.ts';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '../..');
const corpus = process.env['PODWRIGHT_CORPUS'] ?? join(checkout, '../shared/corpus');
const isThere = existsSync(corpus);

/** Whole Dockerfiles, and the single documents of streams: what ignore comments are kept with. */
function texts(kind: 'yaml' | 'dockerfile', most: number): readonly string[] {
  const folders = [join(checkout, 'examples'), corpus].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)));
  const wanted = files.filter((path) => kindOf(path) === kind);
  const every = Math.max(1, Math.floor(wanted.length / most));
  const read = wanted.filter((_, index) => index % every === 0).map((path) => readFileSync(path, 'utf8'));
  return kind === 'dockerfile' ? read : read.flatMap((text) => splitStream(text).map((chunk) => chunk.text)).filter((text) => !text.includes('{{'));
}

function lint(kind: 'yaml' | 'dockerfile', text: string): readonly Finding[] {
  const session = new Session(rules);
  session.update('file:///a', kind, text);
  return session.lint('file:///a').filter(({ rule }) => !rule.startsWith('podwright/'));
}

it.each([
  ['yaml', (text: string) => nodeIgnores(parseDocument(text)), (text: string, at: number, rule: string) => ignoreNode(parseDocument(text), at, rule)],
  ['dockerfile', (text: string) => instructionIgnores(parseDockerfile(text)), (text: string, at: number, rule: string) => ignoreInstruction(parseDockerfile(text), at, rule)],
] as const)(`silences its finding, adds none, and silences no other rule: %s${isThere ? '' : ' (examples only, no corpus)'}`, (kind, ignoresOf, ignoreHere) => {
  let silenced = 0;
  for (const text of texts(kind, 150)) {
    const findings = lint(kind, text);
    for (const { rule, span, place } of findings.slice(0, 3)) {
      const outcome = ignoreHere(text, span.start, rule);
      expect(outcome.kind, `${rule} at ${place}`).toBe('edits');
      if (outcome.kind === 'refused') continue;
      const ignored = applyEdits(text, outcome.edits);
      expect(ignoresOf(ignored).length).toBeGreaterThan(0);
      const left = lint(kind, ignored);
      const name = (finding: Finding): string => `${finding.rule} ${finding.place}`;
      expect(left.map(name)).not.toContain(`${rule} ${place}`);
      expect(findings.map(name)).toEqual(expect.arrayContaining(left.map(name)));
      expect(left.filter((finding) => finding.rule !== rule).map(name)).toEqual(findings.filter((finding) => finding.rule !== rule).map(name));
      silenced += 1;
    }
  }
  expect(silenced).toBeGreaterThan(0);
});
