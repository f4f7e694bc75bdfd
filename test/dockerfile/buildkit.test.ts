/**
 * The view against BuildKit's own parser, version 0.26.3: its answers are in buildkit/cases.json, recorded by
 * buildkit/record.go. The first cases were chosen, the rest were thrown together at random.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { argumentsOf, type Dockerfile, type Instruction } from '../../server/src/engine/dockerfile/model.ts';
import { commandOf } from '../../server/src/engine/dockerfile/command.ts';
import { words } from '../../server/src/engine/dockerfile/lex.ts';
import { pairsOf } from '../../server/src/engine/dockerfile/pairs.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';

interface Recorded {
  readonly text: string;
  readonly error?: string;
  readonly escape?: string;
  readonly instructions?: readonly RecordedInstruction[];
}

interface RecordedInstruction {
  readonly keyword: string;
  readonly lines: readonly [number, number];
  readonly flags?: readonly string[];
  readonly json?: boolean;
  readonly words: readonly string[];
  readonly heredocs?: readonly { readonly name: string; readonly body: string; readonly expand: boolean; readonly chomp: boolean }[];
}

const cases = JSON.parse(readFileSync(new URL('buildkit/cases.json', import.meta.url), 'utf8')) as readonly Recorded[];
const builds = cases.filter((each) => each.error === undefined);

/** A line that holds nothing but the escape character: BuildKit counts the instruction from there, we from its keyword. */
const onlyEscape = /^\uFEFF?\s*[\\`]\s*$/;

describe('what BuildKit makes of a file', () => {
  it.each(builds.map((each) => [each.text, each] as const))('%j', (text, recorded) => {
    const file = parseDockerfile(text);
    expect(file.escape).toBe(recorded.escape);
    // A line of escapes and blanks is an instruction without a keyword there, and none here.
    const expected = (recorded.instructions ?? []).filter(({ keyword }) => keyword !== '');
    expect(file.instructions.map(described)).toEqual(expected.map(expectation));
    const lines = text.split('\n');
    for (const [index, { lines: [first, last] }] of expected.entries()) {
      const span = file.instructions[index]?.span ?? { start: -1, end: -1 };
      if (!onlyEscape.test(lines[first - 1] ?? '')) expect(lineOf(file, span.start)).toBe(first);
      expect(lineOf(file, span.end)).toBeLessThanOrEqual(last);
      // What BuildKit counts further is empty or comment.
      expect(lines.slice(lineOf(file, span.end), last).filter((line) => !/^\s*(?:#|[\\`]?\s*$)/.test(line))).toEqual([]);
    }
  });

  it.each(cases.filter((each) => each.error !== undefined).map((each) => [each.text, each.error]))('%j: %s', (text) => {
    expect(parseDockerfile(text).problems.length).toBeGreaterThan(0);
  });
});

function described(instruction: Instruction): unknown {
  const { keyword, flags, heredocs, args } = instruction;
  const command = keyword === 'HEALTHCHECK' ? undefined : commandOf(instruction);
  return {
    keyword,
    flags: flags.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`)),
    words: wordsOf(instruction, command?.form === 'exec' ? command.words : undefined, args),
    heredocs: heredocs.map(({ name, chomp, expand, body }) => ({ name, body: body.text, expand, chomp })),
  };
}

function wordsOf(instruction: Instruction, exec: readonly string[] | undefined, args: string): readonly string[] | undefined {
  switch (instruction.keyword) {
    case 'ENV':
    case 'LABEL':
      return pairsOf(instruction).flatMap(({ name, value = '' }) => [name, value]);
    case 'ARG':
      return pairsOf(instruction).map(({ name, value }) => (value === undefined ? name : `${name}=${value}`));
    case 'FROM':
    case 'EXPOSE':
      return words(argumentsOf(instruction)).map(({ text }) => text);
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return exec ?? (args === '' ? [] : [args]);
    default:
      return undefined;
  }
}

function expectation({ keyword, flags = [], words: recorded, heredocs = [] }: RecordedInstruction): unknown {
  return {
    keyword,
    flags: flags.map(lowerName),
    words: expectedWords(keyword, recorded),
    heredocs: heredocs.map((each) => ({ ...each, body: (each.chomp ? each.body.replace(/^\t+/gm, '') : each.body).replaceAll('\r\n', '\n') })),
  };
}

function expectedWords(keyword: string, recorded: readonly string[]): readonly string[] | undefined {
  // Pairs come as name, value and separator; those without a name are left out here.
  if (keyword === 'ENV' || keyword === 'LABEL') {
    return recorded.flatMap((name, at) => (at % 3 === 0 && name !== '' ? [name, recorded[at + 1] ?? ''] : []));
  }
  if (keyword === 'ARG') return recorded.filter((word) => !word.startsWith('='));
  return ['FROM', 'EXPOSE', 'RUN', 'CMD', 'ENTRYPOINT', 'SHELL'].includes(keyword) ? recorded : undefined;
}

function lowerName(flag: string): string {
  return flag.replace(/^[^=]*/, (name) => name.toLowerCase());
}

/** From one; only a line feed ends a line. */
function lineOf(file: Dockerfile, offset: number): number {
  return file.source.text.slice(0, offset).split('\n').length;
}
