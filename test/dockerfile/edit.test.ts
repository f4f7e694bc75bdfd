import { describe, expect, it } from 'vitest';
import { deleteInstruction, execForm, execFormFor, innerComments, insertAfter, insertBefore, replaceArguments, replaceInstruction, replaceSpan } from '../../server/src/engine/dockerfile/edit.ts';
import type { Instruction } from '../../server/src/engine/dockerfile/model.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { applyEdits, type TextEdit } from '../../server/src/engine/text/span.ts';

/** The text after an edit made for the last instruction with that keyword. */
function edited(text: string, keyword: string, make: (instruction: Instruction) => TextEdit): string {
  const found = parseDockerfile(text).instructions.findLast((each) => each.keyword === keyword);
  if (found === undefined) throw new Error(`no ${keyword}`);
  return applyEdits(text, [make(found)]);
}

describe('lines', () => {
  it('go above an instruction and its comments', () => {
    expect(edited('FROM a\n\n# why\nUSER x\n', 'USER', (at) => insertBefore(at, ['RUN a', 'RUN b']))).toBe('FROM a\n\nRUN a\nRUN b\n# why\nUSER x\n');
    expect(edited('FROM a\n# why\nUSER x\n', 'USER', (at) => insertBefore(at, ['RUN a'], { belowComments: true }))).toBe('FROM a\n# why\nRUN a\nUSER x\n');
  });

  it('go above the first line, behind a byte order mark', () => {
    expect(edited('\uFEFFFROM a', 'FROM', (at) => insertBefore(at, ['ARG X']))).toBe('\uFEFFARG X\nFROM a');
    expect(edited('# why\nFROM a', 'FROM', (at) => insertBefore(at, ['ARG X']))).toBe('ARG X\n# why\nFROM a');
  });

  it('keep line ends and indentation', () => {
    expect(edited('FROM a\r\n  USER x\r\n', 'USER', (at) => insertAfter(at, ['RUN a', '', 'RUN b']))).toBe('FROM a\r\n  USER x\r\n  RUN a\r\n\r\n  RUN b\r\n');
    expect(edited('FROM a\r\n\tUSER x', 'USER', (at) => insertBefore(at, ['RUN a']))).toBe('FROM a\r\n\tRUN a\r\n\tUSER x');
  });

  it('go below here-documents and a last line without line end', () => {
    expect(edited('FROM a\nRUN <<E\nx\nE', 'RUN', (at) => insertAfter(at, ['USER x']))).toBe('FROM a\nRUN <<E\nx\nE\nUSER x');
  });

  it('are not swallowed by a continuation that continues nothing', () => {
    const after = edited('FROM a\nRUN x \\\n\n', 'RUN', (at) => insertAfter(at, ['USER x']));
    expect(after).toBe('FROM a\nRUN x\nUSER x\n\n');
    expect(parseDockerfile(after).instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'USER']);
  });
});

describe('one instruction', () => {
  it('gets other arguments, flags kept', () => {
    expect(edited('FROM a\nRUN --network=none x \\\n  y\nUSER z', 'RUN', (at) => replaceArguments(at, 'b'))).toBe('FROM a\nRUN --network=none b\nUSER z');
    expect(edited('FROM a\nCMD', 'CMD', (at) => replaceArguments(at, '["b"]'))).toBe('FROM a\nCMD ["b"]');
    expect(edited('FROM a\nRUN <<E\nx\nE\nUSER z', 'RUN', (at) => replaceArguments(at, 'b'))).toBe('FROM a\nRUN b\nUSER z');
  });

  it('is replaced', () => {
    expect(edited('FROM a\n  CMD x', 'CMD', (at) => replaceInstruction(at, ['ENTRYPOINT ["y"]', 'CMD ["x"]']))).toBe('FROM a\n  ENTRYPOINT ["y"]\n  CMD ["x"]');
    expect(edited('FROM a\nCMD x', 'CMD', (at) => replaceSpan(at.keywordSpan, 'RUN'))).toBe('FROM a\nRUN x');
  });

  it('is deleted, with comments where asked for', () => {
    expect(edited('FROM a\n# why\nUSER x\nCMD y\n', 'USER', (at) => deleteInstruction(at))).toBe('FROM a\n# why\nCMD y\n');
    expect(edited('FROM a\n# why\nUSER x\nCMD y\n', 'USER', (at) => deleteInstruction(at, { comments: true }))).toBe('FROM a\nCMD y\n');
    expect(edited('FROM a\r\nRUN <<E\r\nx\r\nE', 'RUN', (at) => deleteInstruction(at))).toBe('FROM a');
    expect(edited('FROM a', 'FROM', (at) => deleteInstruction(at))).toBe('');
  });

  it('knows the comments inside it', () => {
    const { instructions } = parseDockerfile('FROM a\n# above\nRUN x \\\n  # inside\n  y\n# below');
    expect(instructions.map((each) => innerComments(each).map(({ text }) => text))).toEqual([[], ['inside']]);
  });
});

describe('exec form', () => {
  it('is one line where it fits', () => {
    expect(execForm(['nginx', '-g', 'daemon off;'])).toBe('["nginx", "-g", "daemon off;"]');
    expect(execForm(['a"b', 'c\\d'])).toBe('["a\\"b", "c\\\\d"]');
    expect(execForm([])).toBe('[]');
  });

  it('is one element a line where it does not, and reads back the same', () => {
    const words = Array.from({ length: 12 }, (_, index) => `--option-${String(index)}=value`);
    for (const [head, escape] of [['', '\\'], ['# escape=`\n', '`']] as const) {
      const text = edited(`${head}FROM a\r\nCMD x\r\n`, 'CMD', (at) => replaceArguments(at, execFormFor(at, words)));
      expect(text).toContain(`["--option-0=value", ${escape}\n     "--option-1`.replace('\n', head === '' ? '\r\n' : '\n'));
      const cmd = parseDockerfile(text).instructions[1];
      expect(JSON.parse(cmd?.args ?? '')).toEqual(words);
      expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
    }
  });
});
