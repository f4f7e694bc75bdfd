/** What is known of an instruction's text from before must say of it what a first reading says. */
import { DockerfileParser } from 'dockerfile-ast';
import { afterEach, expect, it, vi } from 'vitest';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The last instructions and comments, by what stands where they are said to stand. */
const shape = (text: string): unknown => {
  const { instructions, comments, problems, source } = parseDockerfile(text);
  return {
    instructions: instructions.slice(-3).map(({ keywordSpan, span, args, argsSpan, flags, heredocs, comments: above }) => [
      [keywordSpan, span, argsSpan, ...flags.flatMap((flag) => [flag.span, flag.valueSpan ?? flag.span])].map((each) => source.slice(each)),
      args, heredocs.map(({ body, bodySpan, endSpan }) => [body.text, source.slice(bodySpan), source.slice(endSpan)]),
      above.map((comment) => source.slice(comment.span)),
    ]),
    comments: comments.slice(-2).map(({ span, text: words }) => [source.slice(span), words]),
    problems: problems.slice(-1).map(({ code, span }) => [code, source.slice(span)]),
  };
};

it('moves with the lines above it', () => {
  const block = '# why\nCOPY --from=x <<A <<B /d/\n1\nA\n2\nB\nENV a=1 \\\n# inside\n b=2\nNONE\n';
  const [first, ...others] = ['FROM a\n', '# above\n\nFROM a\n', 'FROM a AS longer\n', '\n\nFROM a\nUSER u\n'].map((head) => shape(head + block));
  expect(JSON.stringify(first)).toContain('"--from=x","x"');
  expect(others).toEqual([first, first, first]);
});

it('is another one where its here-document is', () => {
  const bodies = ['one\n', 'two\n', '', 'EOF2\n'].map((body) => parseDockerfile(`FROM a\nRUN <<EOF\n${body}EOF\nUSER u`).instructions[1]?.heredocs[0]?.body.text);
  expect(bodies).toEqual(['one\n', 'two\n', '', 'EOF2\n']);
});

it('does not end a here-document in the middle of a line', () => {
  const ends = ['', 'X\n', '\n', 'X'].map((rest) => parseDockerfile(`FROM a\nRUN <<END\nx\nEND${rest}`));
  expect(ends.map(({ instructions, problems }) => [instructions[1]?.heredocs.length, problems.map(({ code }) => code)[0]])).toEqual([
    [1, undefined], [0, 'unterminated-heredoc'], [1, undefined], [0, 'unterminated-heredoc'],
  ]);
});

it('is read anew with another escape character', () => {
  expect(['', '# escape=`\n', ''].map((head) => parseDockerfile(`${head}FROM a\nRUN x \\\n y`).instructions.length)).toEqual([2, 3, 2]);
});

it('goes to the library with all others in a new text, and alone where it was typed in', () => {
  const parse = vi.spyOn(DockerfileParser, 'parse');
  const asked = (text: string): readonly string[] => {
    parse.mockClear();
    parseDockerfile(text);
    return parse.mock.calls.map(([shown]) => shown.slice('#escape=x\n\n'.length));
  };
  const lines = ['WORKDIR /new', 'USER new \\', '  # inside', '  newer', 'EXPOSE 4711', 'LABEL new=1'];
  const text = lines.join('\n');
  expect(asked(text)).toEqual([text]);
  expect(asked(text.replace('4711', '4712'))).toEqual(['EXPOSE 4712\n']);
  expect(asked(`STOPSIGNAL 4713\n${text}\n`)).toEqual(['STOPSIGNAL 4713\n', 'LABEL new=1\n']);
});
