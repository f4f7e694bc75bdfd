/** What `dockerfile-ast` is not shown, and what happens where it fails. The gaps themselves: view.test.ts and buildkit.test.ts. */
import { DockerfileParser } from 'dockerfile-ast';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const shape = (text: string): unknown => parseDockerfile(text).instructions.map(({ keyword, args }) => [keyword, args]);

describe('gaps of the library', () => {
  it.each([
    ['an escape character that is escaped', 'RUN a \\\\\nUSER b', [['RUN', 'a \\\\'], ['USER', 'b']]],
    ['a continuation behind another escape', 'RUN a \\ \\\n b', [['RUN', 'a \\  b']]],
    ['a line of nothing but the escape character', '\\\nRUN a', [['RUN', 'a']]],
    ['a comment below a keyword that is continued', 'RUN\\\n# c\n a', [['RUN', 'a']]],
    ['a comment within a keyword', 'RU\\\n# c\nN a', [['RUN', 'a']]],
    ['comments behind the first letter of a keyword', 'R\\\n# c\n\n  # d\nUN a\n# e\nUSER b', [['RUN', 'a'], ['USER', 'b']]],
    ['indentation that is not ASCII', '\u3000\u00A0RUN a', [['RUN', 'a']]],
    ['a no-break space behind a keyword', 'RUN\u00A0a', [['RUN\u00A0A', '']]],
    ['a no-break space at the end of a line', 'CMD\u00A0\nRUN a\u00A0', [['CMD', ''], ['RUN', 'a']]],
    ['`<<` in quotes', 'RUN echo "a <<EOF"\nUSER b', [['RUN', 'echo "a <<EOF"'], ['USER', 'b']]],
    ['`<<` in arithmetic', 'RUN echo $((1 <<2))\nUSER b', [['RUN', 'echo $((1 <<2))'], ['USER', 'b']]],
    ['`<<` in a comment within an instruction', 'RUN a \\\n# <<EOF\n b\nUSER c', [['RUN', 'a  b'], ['USER', 'c']]],
    ['`<<` that a continuation cuts', 'RUN <\\\n<EOF\nx\nEOF\nUSER b', [['RUN', '<<EOF'], ['USER', 'b']]],
    ['a body that ends in a continuation', 'RUN <<EOF\nx \\\nEOF\nUSER b', [['RUN', '<<EOF'], ['USER', 'b']]],
    ['a body that looks like a Dockerfile', 'COPY <<EOF /f\nFROM b\nRUN <<X\n# c\nEOF\nUSER b', [['COPY', '<<EOF /f'], ['USER', 'b']]],
    ['ADD with here-documents', 'ADD <<A <<B /d/\nx\nA\ny\nB\nUSER b', [['ADD', '<<A <<B /d/'], ['USER', 'b']]],
  ])('%s', (_, text, expected) => {
    expect(shape(`FROM a\n${text}`)).toEqual([['FROM', 'a'], ...expected]);
  });

  it.each([
    ['white space in a value', '# check=skip=all; error=true\n# escape=`', ['check', 'escape'], '`'],
    ['white space behind a value', '# syntax=docker/dockerfile:1  \n# escape=`\t', ['syntax', 'escape'], '`'],
    ['two words before the sign', '# escape this=`', [], '\\'],
    ['no value', '# escape=\n# escape=`', [], '\\'],
    ['a comment that only looks like one', '# usage: docker build --build-arg A=1\n# escape=`', [], '\\'],
    ['one below the head', 'FROM b\n# escape=`', [], '\\'],
  ])('directives: %s', (_, text, names, escape) => {
    const file = parseDockerfile(`${text}\nFROM a`);
    expect([file.directives.map(({ name }) => name), file.escape]).toEqual([names, escape]);
    expect(file.directives.length + file.comments.length).toBe(text.split('\n').filter((line) => line.startsWith('#')).length);
  });

  it('tells comments behind the first letter of a keyword in their order', () => {
    const { comments } = parseDockerfile('# a\nR\\\n# b\n  # c\r\nUN x \\\n# d\n y\n# e');
    expect(comments.map(({ text, inside }) => [text, inside])).toEqual([['a', false], ['b', true], ['c', true], ['d', true], ['e', false]]);
  });

  it('needs nothing of Node', () => {
    vi.stubGlobal('Buffer', undefined);
    expect(shape('\uFEFF# escape=`\nFROM a\nRUN x')).toEqual([['FROM', 'a'], ['RUN', 'x']]);
  });
});

describe('texts that are too much', () => {
  it('ends in a problem where the library fails', () => {
    vi.spyOn(DockerfileParser, 'parse').mockImplementation(() => {
      throw new RangeError('too much');
    });
    // No line of it stands in another test: what is known of a line is not read again.
    const file = parseDockerfile('# escape=`\nFROM unread\nRUN unread <<EOF\nUSER unread');
    expect([file.instructions, file.stages]).toEqual([[], []]);
    expect(file.problems.map(({ code }) => code)).toContain('unknown-instruction');
  });

  it.each([
    ['a chain of ONBUILD', 'ONBUILD '.repeat(20_000)],
    ['variables in variables', `RUN <<EOF "\${A:-${'"${A:-'.repeat(20_000)}`],
    ['one line', `RUN ${'x'.repeat(1_000_000)}`],
    ['escapes', `RUN ${'\\ '.repeat(100_000)}`],
    ['directives', `${'# escape=`\n'.repeat(2_000)}RUN x`],
  ])('reads %s', (_, text) => {
    expect(parseDockerfile(text).instructions).toHaveLength(1);
  });

  it('reads the trigger of an ONBUILD, but none of a trigger', () => {
    const onbuild = parseDockerfile('FROM a\nONBUILD ONBUILD RUN x').instructions[1];
    expect([onbuild?.trigger?.keyword, onbuild?.trigger?.args, onbuild?.trigger?.trigger]).toEqual(['ONBUILD', 'RUN x', undefined]);
  });
});
