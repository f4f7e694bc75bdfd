/**
 * The view of real Dockerfiles against BuildKit's own parser, version 0.26.3: how many instructions, which stages on which
 * bases, exec or shell form. Its answers are in buildkit/corpus.json, recorded by buildkit/stages.go.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandOf } from '../../server/src/engine/dockerfile/command.ts';
import type { Dockerfile, Instruction } from '../../server/src/engine/dockerfile/model.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { corpus, missing } from '../corpus/corpus.ts';

interface Recorded {
  readonly hash: string;
  readonly error?: string;
  readonly instructions?: number;
  readonly stages?: readonly (readonly [base: string, name: string])[];
  readonly forms?: string;
}

const recorded = JSON.parse(readFileSync(new URL('buildkit/corpus.json', import.meta.url), 'utf8')) as Readonly<Record<string, Recorded>>;
const files = corpus().filter(({ path }) => Object.hasOwn(recorded, path));
const accepted = files.filter(({ path }) => recorded[path]?.error === undefined);

/** What a view says about the same questions. */
function seen({ instructions, stages }: Dockerfile): Omit<Recorded, 'hash'> {
  const forms = instructions.map(formOf).join('');
  return {
    instructions: instructions.length,
    stages: stages.map(({ from, name }) => [from.imageText, name?.toLowerCase() ?? '']),
    ...(forms === '' ? {} : { forms }),
  };
}

function formOf(instruction: Instruction): string {
  if (!/^(?:RUN|CMD|ENTRYPOINT|SHELL|HEALTHCHECK)$/.test(instruction.keyword)) return '';
  return commandOf(instruction)?.form === 'exec' ? 'e' : 's';
}

describe('what BuildKit makes of real Dockerfiles', () => {
  it('was recorded of these very files', () => {
    expect(files.length).toBe(missing === undefined ? Object.keys(recorded).length : 0);
    const others = files.filter(({ path, text }) => createHash('sha256').update(text).digest('hex').slice(0, 12) !== recorded[path]?.hash);
    expect(others.map(({ path }) => path)).toEqual([]);
  });

  it('is what the view says of instructions, stages, bases and forms', () => {
    const views = accepted.map(({ path, text }) => [path, seen(parseDockerfile(text))]);
    const expected = accepted.map(({ path }) => {
      const { instructions, stages, forms } = recorded[path] ?? {};
      return [path, { instructions, stages, ...(forms === undefined ? {} : { forms }) }];
    });
    expect(Object.fromEntries(views)).toEqual(Object.fromEntries(expected));
  });

  it('is an error where the view knows a problem', () => {
    const refused = files.filter(({ path }) => recorded[path]?.error !== undefined);
    expect(refused.filter(({ text }) => parseDockerfile(text).problems.length === 0).map(({ path }) => `${path}: ${recorded[path]?.error ?? ''}`)).toEqual([]);
    expect(accepted.filter(({ text }) => parseDockerfile(text).problems.length > 0).map(({ path }) => path)).toEqual([]);
  });
});
