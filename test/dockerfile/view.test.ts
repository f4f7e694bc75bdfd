import { describe, expect, it } from 'vitest';
import { lineage, parseDockerfile, rootBase, stageNamed } from '../../server/src/engine/dockerfile/view.ts';
import { covered, file, instruction } from './support.ts';

const shape = (text: string): unknown => parseDockerfile(text).instructions.map(({ keyword, args }) => [keyword, args]);

describe('instructions', () => {
  it('joins continuations and drops comment and empty lines between', () => {
    expect(shape('FROM a\nRUN x && \\\n  # why\n\n    y \\ \n    z\nCMD ["a"]')).toEqual([
      ['FROM', 'a'],
      ['RUN', 'x &&     y     z'],
      ['CMD', '["a"]'],
    ]);
  });

  it('takes keywords in any case, with any indentation', () => {
    expect(shape('from a\n\t run x\n')).toEqual([['FROM', 'a'], ['RUN', 'x']]);
  });

  it.each([
    ['CRLF', 'FROM a\r\nRUN x \\\r\n  y\r\n'],
    ['a byte order mark', '\uFEFFFROM a\nRUN x \\\n  y\n'],
    ['no final line end', 'FROM a\nRUN x \\\n  y'],
    ['a directive', '# syntax=docker/dockerfile:1\nFROM a\nRUN x \\\n  y\n'],
  ])('reads files with %s', (_, text) => {
    expect(shape(text)).toEqual([['FROM', 'a'], ['RUN', 'x   y']]);
    const parsed = parseDockerfile(text);
    expect(parsed.instructions.map(({ span }) => covered(parsed, span)?.replace('\r', ''))).toEqual(['FROM a', 'RUN x \\\n  y']);
  });

  it('takes a lone carriage return for white space, as the builder does', () => {
    expect(shape('FROM a\rRUN x\nCMD y')).toEqual([['FROM', 'a\rRUN x'], ['CMD', 'y']]);
  });

  it('continues a line by a lone backslash only', () => {
    expect(shape('FROM a\nCOPY a C:\\\\db\\\\\nRUN x')).toEqual([['FROM', 'a'], ['COPY', 'a C:\\\\db\\\\'], ['RUN', 'x']]);
  });

  it('obeys # escape=`', () => {
    const parsed = parseDockerfile('# escape=`\nFROM a\nRUN x `\n  y\nCOPY a C:\\\nRUN z');
    expect(parsed.escape).toBe('`');
    expect(parsed.instructions.map(({ args }) => args)).toEqual(['a', 'x   y', 'a C:\\', 'z']);
  });

  it('gives spans without flags and without white space', () => {
    const parsed = file('FROM a', '  RUN --mount=type=cache,target=/c  --network=none   x  y  ');
    const run = parsed.instructions[1];
    expect(covered(parsed, run?.keywordSpan)).toBe('RUN');
    expect(covered(parsed, run?.argsSpan)).toBe('x  y');
    expect(run?.flags.map((flag) => [flag.name, flag.value, covered(parsed, flag.valueSpan)])).toEqual([
      ['mount', 'type=cache,target=/c', 'type=cache,target=/c'],
      ['network', 'none', 'none'],
    ]);
  });

  it('reads a keyword that is cut by a continuation', () => {
    expect(shape('FROM a\nRU\\\nN x')).toEqual([['FROM', 'a'], ['RUN', 'x']]);
  });

  it('does not take the trigger of ONBUILD for an instruction of the stage', () => {
    const parsed = file('FROM a', 'ONBUILD USER app', 'USER root');
    expect(parsed.stages[0]?.instructions.map(({ keyword }) => keyword)).toEqual(['ONBUILD', 'USER']);
    const trigger = parsed.instructions[1]?.trigger;
    expect([trigger?.keyword, trigger?.args, trigger?.stage]).toEqual(['USER', 'app', undefined]);
    expect(covered(parsed, trigger?.span)).toBe('USER app');
  });
});

describe('comments and directives', () => {
  it('reads directives at the head only', () => {
    const parsed = file('# syntax=docker/dockerfile:1', '# check=skip=all', '# escape=`', '# plain', '# escape=\\', 'FROM a');
    expect(parsed.directives.map(({ name, value }) => [name, value])).toEqual([['syntax', 'docker/dockerfile:1'], ['check', 'skip=all'], ['escape', '`']]);
    expect(parsed.comments.map(({ text }) => text)).toEqual(['plain', 'escape=\\']);
    expect(covered(parsed, parsed.directives[0]?.valueSpan)).toBe('docker/dockerfile:1');
  });

  it('gives an instruction the comments directly above it', () => {
    const parsed = file('FROM a', '# far', '', '# near', '  # nearer', 'RUN x \\', '  # inside', '  y');
    expect(parsed.instructions[1]?.comments.map(({ text }) => text)).toEqual(['near', 'nearer']);
    expect(parsed.comments.map(({ text, inside }) => [text, inside])).toEqual([['far', false], ['near', false], ['nearer', false], ['inside', true]]);
    expect(covered(parsed, parsed.comments[2]?.span)).toBe('# nearer');
  });
});

describe('here-documents', () => {
  it.each(['<<EOF', '<< EOF', '<<"EOF"', "<<'EOF'", '3<<EOF'])('reads %s', (start) => {
    const parsed = file('FROM a', `RUN cat ${start} > /x`, 'CMD not an instruction', 'EOF', 'CMD ["a"]');
    expect(parsed.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'CMD']);
    const run = parsed.instructions[1];
    expect(covered(parsed, run?.span)).toBe(`RUN cat ${start} > /x\nCMD not an instruction\nEOF`);
    expect(covered(parsed, run?.argsSpan)).toBe(`cat ${start} > /x`);
    expect(run?.heredocs.map(({ name, body, expand }) => [name, body.text, expand])).toEqual([['EOF', 'CMD not an instruction\n', !/['"]/.test(start)]]);
  });

  it('reads several, with tabs dropped', () => {
    const copy = file('FROM a', 'COPY <<-A <<B /etc/', '\tone', '\tA', 'two', 'B', 'USER x').instructions[1];
    expect(copy?.heredocs.map(({ name, chomp, body }) => [name, chomp, body.text])).toEqual([['A', true, 'one\n'], ['B', false, 'two\n']]);
  });

  it.each(['CMD cat <<EOF', 'RUN ["cat", "<<EOF"]', 'RUN cat <<<EOF', 'RUN echo "<<EOF"', 'RUN x $((1<<EOF))', "RUN it's <<EOF", 'LABEL a=<<EOF'])('%s has none', (text) => {
    expect(file('FROM a', text, 'USER x', 'EOF').instructions.map(({ keyword }) => keyword)).toEqual(['FROM', text.split(' ')[0], 'USER', 'EOF']);
  });

  it('does not let one that never ends swallow the file', () => {
    const parsed = file('FROM a', 'RUN cat <<EOF', 'CMD x');
    expect(parsed.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'CMD']);
    expect(parsed.problems.map(({ code }) => code)).toEqual(['unterminated-heredoc']);
  });

  it('belong to the ONBUILD they stand in', () => {
    const onbuild = file('FROM a', 'ONBUILD RUN <<EOF', 'x', 'EOF', 'USER x').instructions[1];
    expect([onbuild?.heredocs.length, onbuild?.trigger?.heredocs.length]).toEqual([1, 1]);
  });
});

describe('stages', () => {
  const parsed = file(
    'ARG V=1.27',
    'ARG IMAGE=golang:${V}',
    'FROM --platform=$BUILDPLATFORM ${IMAGE}-alpine AS Build',
    'RUN x',
    'FROM build',
    'FROM scratch AS last',
    'USER 1',
    'FROM $UNKNOWN AS u',
    'FROM BUILD',
  );

  it('knows names, bases through ARG, spans and the final one', () => {
    expect(parsed.stages.map(({ name, base, isFinal, from }) => [name, base.kind, isFinal, from.imageText])).toEqual([
      ['Build', 'image', false, '${IMAGE}-alpine'],
      [undefined, 'stage', false, 'build'],
      ['last', 'scratch', false, 'scratch'],
      ['u', 'unresolved', false, '$UNKNOWN'],
      [undefined, 'stage', true, 'BUILD'],
    ]);
    const [first, , third] = parsed.stages;
    expect(first?.base).toMatchObject({ text: 'golang:1.27-alpine', ref: { name: 'golang', tag: '1.27-alpine' } });
    expect(covered(parsed, first?.from.nameSpan)).toBe('Build');
    expect(covered(parsed, first?.from.imageSpan)).toBe('${IMAGE}-alpine');
    expect(covered(parsed, first?.from.platformSpan)).toBe('$BUILDPLATFORM');
    expect(covered(parsed, third?.span)).toBe('FROM scratch AS last\nUSER 1');
    expect(parsed.globalArgs).toHaveLength(2);
  });

  it('follows FROM <stage>', () => {
    const last = parsed.stages[4];
    expect(last === undefined ? [] : lineage(last).map(({ index }) => index)).toEqual([4, 0]);
    expect(last === undefined ? undefined : rootBase(last)).toMatchObject({ kind: 'image', text: 'golang:1.27-alpine' });
    expect(stageNamed(parsed, 'BUILD')?.index).toBe(0);
    expect(stageNamed(parsed, '2')?.name).toBe('last');
    expect(stageNamed(parsed, 'none')).toBeUndefined();
  });

  it('never follows a stage that stands below', () => {
    expect(file('FROM later AS first', 'FROM a AS later').stages[0]?.base.kind).toBe('image');
    expect(file('FROM own AS own').stages[0]?.base.kind).toBe('image');
  });
});

describe('files that do not build', () => {
  it.each([
    ['', ['no-stage']],
    ['\n# only a comment\n', ['no-stage']],
    ['RUN x', ['instruction-before-from', 'no-stage']],
    ['FROM', ['missing-arguments', 'malformed-from']],
    ['FROM a b', ['malformed-from']],
    ['FROM a AS', ['malformed-from']],
    ['FRO', ['unknown-instruction', 'instruction-before-from', 'no-stage']],
    ['FROM a\nENV', ['missing-arguments']],
    ['FROM a\nCMD ["a", 1]', ['json-not-strings']],
    ['# escape=x\nFROM a', ['invalid-escape']],
    ['# escape=`\n# escape=`\nFROM a', ['duplicate-directive']],
    ['FROM a\nCMD\nENTRYPOINT\nRUN', []],
  ])('%j', (text, codes) => {
    expect(parseDockerfile(text).problems.map(({ code }) => code)).toEqual(codes);
  });

  it('gives a half-typed line an empty place for its arguments', () => {
    const run = instruction('RUN --mount=type=cache ');
    expect(run.args).toBe('');
    expect(run.argsSpan.start).toBe(run.file.source.length - 1);
    expect(run.argsSpan.end).toBe(run.argsSpan.start);
  });
});
