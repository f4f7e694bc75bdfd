import { describe, expect, it } from 'vitest';
import { isMeantAsJson } from '../../server/src/engine/dockerfile/json-typo.ts';
import { commandOf, shellScriptOf, type Command } from '../../server/src/engine/dockerfile/command.ts';
import { covered, instruction } from './support.ts';

function command(text: string, head?: string): Command {
  const found = commandOf(instruction(text, head));
  if (found === undefined) throw new Error(`no command in ${text}`);
  return found;
}

describe('exec form', () => {
  it.each([
    ['CMD ["nginx", "-g", "daemon off;"]', ['nginx', '-g', 'daemon off;']],
    ['ENTRYPOINT ["a\\tb", "\\u0041", "c\\\\d", "\\"e\\""]', ['a\tb', 'A', 'c\\d', '"e"']],
    ['CMD [ "a" , \\\n # why\n\n  "b" ]', ['a', 'b']],
    ['RUN --network=none ["a"]', ['a']],
    ['SHELL ["/bin/bash", "-c"]', ['/bin/bash', '-c']],
    ['HEALTHCHECK --interval=5s CMD ["a", "b"]', ['a', 'b']],
    ['CMD []', []],
  ])('%j', (text, words) => {
    const found = command(text);
    expect(found.form).toBe('exec');
    expect(found.words).toEqual(words);
    expect(found.empty).toBe(words.length === 0);
    expect(found.wordSpans.map((span) => JSON.parse(covered(found.instruction.file, span) ?? '') as unknown)).toEqual(words);
  });
});

describe('shell form', () => {
  it.each([
    ["CMD ['a', 'b']", true],
    ['CMD ["a",]', true],
    ['CMD ["a"] # why', true],
    ['CMD ["a"] && b', true],
    ['CMD ["a", $B]', true],
    ['CMD ["C:\\S"]', true],
    ['CMD [“a”, “b”]', true],
    ['CMD [a, b]', true],
    ['CMD [ "a", "b"', true],
    ['CMD [ -f x ] && y', false],
    ['CMD [ "$X" = y ] && z', false],
    ["CMD [ '$X' ] && z", false],
    ['CMD [[ -f x ]]', false],
    ['CMD "a", "b"', true],
    ['CMD node a.js', false],
  ])('%s looks like exec form: %s', (text, looks) => {
    expect(command(text)).toMatchObject({ form: 'shell', words: [] });
    expect(isMeantAsJson(command(text))).toBe(looks);
  });

  it.each(['CMD [1]', 'CMD ["a", null]', 'CMD [["a"]]', 'RUN [{}]'])('%s is neither', (text) => {
    expect(command(text)).toMatchObject({ form: 'invalid' });
    expect(isMeantAsJson(command(text))).toBe(false);
  });

  it('leads words to the file across continuations and comments', () => {
    const found = command('CMD node \\\n  # why\n  server.js \\\r\n  --port=$PORT');
    const words = found.script?.commands()[0]?.words ?? [];
    expect(words.map((word) => [word.value, covered(found.instruction.file, word.span)])).toEqual([
      ['node', 'node'],
      ['server.js', 'server.js'],
      [undefined, '--port=$PORT'],
    ]);
  });

  it('is empty where nothing stands', () => {
    expect(command('CMD')).toMatchObject({ form: 'shell', empty: true });
  });

  it('spans the command of a HEALTHCHECK', () => {
    const found = command('HEALTHCHECK --retries=2 CMD  curl x');
    expect(covered(found.instruction.file, found.span)).toBe('curl x');
  });
});

describe('here-documents', () => {
  it('are the script where nothing else stands', () => {
    const found = command('RUN <<EOF\napt-get update\napt-get install -y x\nEOF');
    expect(found.script?.commands().map(({ text, span }) => [text, covered(found.instruction.file, span)])).toEqual([
      ['apt-get update', 'apt-get update'],
      ['apt-get install -y x', 'apt-get install -y x'],
    ]);
  });

  it('are read by the shell where a command stands', () => {
    const found = command('RUN cat <<EOF > /x && y\ntext\nEOF');
    expect(found.script?.errors).toEqual([]);
    expect(found.script?.commands().map(({ name }) => name?.value)).toEqual(['cat', 'y']);
  });

  it('may be no shell script', () => {
    expect(command('RUN <<EOF\n#!/usr/bin/env python3\nprint("x")\nEOF')).toMatchObject({ interpreter: '/usr/bin/env python3', script: undefined });
  });

  it('read alike with CRLF', () => {
    expect(command('RUN <<EOF\r\na\r\nb\r\nEOF').script?.commands().map(({ text }) => text)).toEqual(['a', 'b']);
  });
});

describe('the script of sh -c', () => {
  it('leads through JSON escapes to the file', () => {
    const found = command('CMD ["sh", "-c", "echo \\"a b\\" && exec node $X"]');
    const script = shellScriptOf(found);
    expect(script?.text).toBe('echo "a b" && exec node $X');
    expect(script?.commands().map(({ span }) => covered(found.instruction.file, span))).toEqual(['echo \\"a b\\"', 'exec node $X']);
  });

  it('is found behind an init', () => {
    expect(shellScriptOf(command('CMD ["tini", "--", "sh", "-c", "node $X"]'))?.text).toBe('node $X');
  });

  it('is the shell form itself otherwise, and nothing for plain exec form', () => {
    expect(shellScriptOf(command('CMD node a.js'))?.text).toBe('node a.js');
    expect(shellScriptOf(command('CMD ["node"]'))).toBeUndefined();
  });
});

it('exists for instructions that have a command', () => {
  for (const text of ['USER x', 'HEALTHCHECK NONE', 'COPY a b', 'ONBUILD CMD x']) expect(commandOf(instruction(text))).toBeUndefined();
});
