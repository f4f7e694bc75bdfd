import { describe, expect, it } from 'vitest';
import { suppress } from '../../server/src/engine/core/suppress.ts';
import { ignoreHere, ignoreInFile, ignoresOf } from '../../server/src/engine/dockerfile/ignores.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { after, at, known, told } from './support.ts';

const foo = 'dockerfile/foo';

function left(text: string) {
  const findings = suppress(at(text, 'HERE', foo), ignoresOf(parseDockerfile(text)), known);
  const own = findings.filter(({ rule }) => rule === foo);
  return { lines: own.map(({ span }) => text.slice(0, span.start).split('\n').length - 1), said: told(text, findings.filter(({ rule }) => rule !== foo)) };
}

describe('an ignore comment covers', () => {
  it('the instruction below it, with its continuations', () => {
    expect(left('FROM HERE\n# podwright-ignore dockerfile/foo -- why\n\n# more\nRUN a \\\n  HERE\nCMD HERE\n')).toEqual({ lines: [0, 6], said: [] });
  });

  it('an instruction with its here-document, in which # is no comment', () => {
    expect(left('FROM a\n# podwright-ignore dockerfile/foo\nRUN <<EOF\nHERE\n# podwright-ignore nonsense\nEOF\nCMD HERE\n')).toEqual({ lines: [6], said: [] });
  });

  it('the whole file where it says so', () => {
    expect(left('# syntax=docker/dockerfile:1\n# podwright-ignore-file dockerfile/foo\nFROM HERE\nCMD HERE\n')).toEqual({ lines: [], said: [] });
    expect(left('FROM HERE\n# podwright-ignore-file\n')).toEqual({ lines: [], said: [] });
  });
});

it('tells of comments that mean nothing', () => {
  expect(left('FROM HERE\n# podwright-ignore dockerfile/foo\n')).toEqual({
    lines: [0],
    said: ['podwright/invalid-ignore @ # podwright-ignore dockerfile/foo: Nothing stands below this ignore comment that it could be for. Move it above what it is for, or remove it.'],
  });
  expect(left('FROM a\nRUN a \\\n# podwright-ignore dockerfile/foo\n  HERE\n')).toEqual({
    lines: [3],
    said: ['podwright/invalid-ignore @ # podwright-ignore dockerfile/foo: An ignore comment counts only on a line of its own, above what it is for. Move it up.'],
  });
  expect(left('FROM a\n# podwright-ignore dockerfile/foo\nRUN b\n').said).toEqual([
    'podwright/unused-ignore @ dockerfile/foo: dockerfile/foo finds nothing here. Remove it from this ignore comment.',
  ]);
});

it('removes a comment with its line', () => {
  const text = 'FROM a\r\n# podwright-ignore dockerfile/foo\r\nRUN b\r\n';
  const [unused] = suppress([], ignoresOf(parseDockerfile(text)), known);
  expect(after(text, unused?.fixes[0]?.outcome())).toBe('FROM a\r\nRUN b\r\n');
});

describe('Ignore here', () => {
  const here = (text: string): string => after(text, ignoreHere(parseDockerfile(text), text.indexOf('HERE'), foo));

  it.each([
    ['# syntax=docker/dockerfile:1\nFROM HERE\n', '# syntax=docker/dockerfile:1\n# podwright-ignore dockerfile/foo\nFROM HERE\n'],
    ['FROM a\r\nRUN a \\\r\n  HERE\r\n', 'FROM a\r\n# podwright-ignore dockerfile/foo\r\nRUN a \\\r\n  HERE\r\n'],
    ['FROM a\n# why\nRUN HERE', 'FROM a\n# why\n# podwright-ignore dockerfile/foo\nRUN HERE'],
    ['FROM a\n# podwright-ignore dockerfile/bar -- x\nRUN HERE\n', 'FROM a\n# podwright-ignore dockerfile/bar, dockerfile/foo -- x\nRUN HERE\n'],
  ])('%j', (text, expected) => {
    expect(here(text)).toBe(expected);
    expect(left(expected).lines).toEqual([]);
  });

  it('refuses in a file without instructions', () => {
    expect(after('# HERE\n', ignoreHere(parseDockerfile('# HERE\n'), 2, foo))).toMatch(/^refused: /);
  });
});

it('keeps directives at the top when it ignores in the file', () => {
  const text = '# syntax=docker/dockerfile:1\n# escape=`\nFROM HERE\n';
  const ignored = after(text, ignoreInFile(parseDockerfile(text), foo));
  expect(ignored).toBe('# syntax=docker/dockerfile:1\n# escape=`\n# podwright-ignore-file dockerfile/foo\nFROM HERE\n');
  expect(parseDockerfile(ignored).directives).toHaveLength(2);
  expect(after('\ufeffFROM a\n', ignoreInFile(parseDockerfile('\ufeffFROM a\n'), foo))).toBe('\ufeff# podwright-ignore-file dockerfile/foo\nFROM a\n');
});
