/** Every rule and every fix over real files. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/src/engine/core/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import { brokenFindingLaws, brokenFixLaws, describe as name } from '../rules/laws.ts';
import { linterOf, metasOf } from '../rules/linter.ts';
import type { Subject } from '../rules/laws.ts';
import { corpus, type CorpusFile, missing } from './corpus.ts';

const lint = linterOf(rules);
const metas = metasOf(rules);
const files = corpus();

function subjectOf(file: CorpusFile, text = file.text): Subject {
  const kind = file.type === 'dockerfile' ? 'dockerfile' : 'yaml';
  return { kind, text, metas, lint: (other) => lint(file.path, kind, other) };
}

/** What the findings of a text are, without where they stand: the same for every line end. */
function gist(findings: readonly Finding[]): readonly string[] {
  return findings.map(name);
}

describe(missing ?? `${String(files.length)} real files`, () => {
  it('are there as the index says', () => {
    if (missing === undefined) expect(files.length).toBeGreaterThan(1000);
    else expect(files).toEqual([]);
  });

  it('never make a rule throw, and findings obey their laws', () => {
    const broken = files.flatMap((file) => {
      const subject = subjectOf(file);
      return subject.lint(file.text).flatMap((finding) => brokenFindingLaws(subject, finding).map((law) => `${file.path}: ${law}`));
    });
    expect(broken).toEqual([]);
  }, 120_000);

  it('are left alone where they are neither manifests nor Dockerfiles', () => {
    const negative = files.filter(({ type }) => type === 'negative-yaml' || type === 'kustomization');
    const said = negative.flatMap((file) => gist(subjectOf(file).lint(file.text)).map((finding) => `${file.path}: ${finding}`));
    expect(said).toEqual([]);
  });

  it('say the same with CRLF', () => {
    const different = files.flatMap((file) => {
      const crlf = file.text.replace(/\r?\n/g, '\r\n');
      const [plain, other] = [subjectOf(file).lint(file.text), subjectOf(file).lint(crlf)].map(gist);
      return plain?.join('\n') === other?.join('\n') ? [] : [`${file.path}: ${String(plain)} / ${String(other)}`];
    });
    expect(different).toEqual([]);
  }, 120_000);

  it('are repaired lawfully by every fix on offer', () => {
    const broken = files.flatMap((file, index) => {
      // Every third file as CRLF: line ends are where text surgery goes wrong most easily.
      const subject = subjectOf(file, index % 3 === 0 ? file.text.replace(/\r?\n/g, '\r\n') : file.text);
      return subject.lint(subject.text).flatMap((finding) =>
        finding.fixes.flatMap((fix) => brokenFixLaws(subject, finding, fix)).map((law) => `${file.path}: ${law}`),
      );
    });
    expect(broken).toEqual([]);
  }, 300_000);
});
