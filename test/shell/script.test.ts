import { describe, expect, it } from 'vitest';
import { onlyCommand, parseScript } from '../../server/src/engine/shell/script.ts';
import type { SimpleCommand } from '../../server/src/engine/shell/model.ts';

function first(text: string): SimpleCommand {
  const command = parseScript(text).commands()[0];
  if (command === undefined) throw new Error(`no command in ${text}`);
  return command;
}

describe('words', () => {
  it.each([
    ['node', 'node'],
    ["'daemon off;'", 'daemon off;'],
    ['"a b"', 'a b'],
    ['a\\ b', 'a b'],
    ['"\\$HOME"', '$HOME'],
    ['"a\\nb"', 'a\\nb'],
    ["a'b'\"c\"", 'abc'],
    ["''", ''],
    ['{}', '{}'],
  ])('%s has the value %j', (text, value) => {
    const word = first(`x ${text}`).words[1];
    expect(word?.value).toBe(value);
    expect(word?.hasExpansion).toBe(false);
  });

  it.each(['$PORT', '"${PORT:-80}"', '$(id -u)', '`id -u`', '$((1+1))', '~/app', "$'a'", '"$@"'])('%s has no value before it runs', (text) => {
    const word = first(`x ${text}`).words[1];
    expect(word?.hasExpansion).toBe(true);
    expect(word?.value).toBeUndefined();
  });

  it.each(['*.js', 'a?', '[ab]', '{a,b}'])('%s is a pattern', (text) => {
    expect(first(`x ${text}`).words[1]?.hasGlob).toBe(true);
  });

  it('knows quotes', () => {
    expect(first('x "a"').words.map((word) => word.quoted)).toEqual([false, true]);
  });

  it('takes an assignment behind the name as an argument', () => {
    expect(first('export A="b c"').words.map((word) => word.value)).toEqual(['export', 'A=b c']);
    expect(first('export A=$B').words[1]?.value).toBeUndefined();
  });
});

describe('commands', () => {
  it('tells connectors, background and enclosure', () => {
    const commands = parseScript('a && b || c; d | e & (f; g) && if h; then i; fi\nwhile j; do k; done').commands();
    expect(commands.map(({ text, connector, background, inside }) => [text, connector, background, inside])).toEqual([
      ['a', undefined, false, 'top'],
      ['b', '&&', false, 'top'],
      ['c', '||', false, 'top'],
      ['d', ';', true, 'top'],
      ['e', '|', true, 'top'],
      ['f', undefined, false, 'subshell'],
      ['g', ';', false, 'subshell'],
      ['h', undefined, false, 'if'],
      ['i', undefined, false, 'if'],
      ['j', undefined, false, 'loop'],
      ['k', undefined, false, 'loop'],
    ]);
  });

  it('says ‘&’ for what follows a background command', () => {
    expect(parseScript('a & b').commands().map((command) => command.connector)).toEqual([undefined, '&']);
  });

  it('reads assignments and redirections', () => {
    const command = first('A=1 B=$C app >log 2>&1 <in');
    expect(command.name?.value).toBe('app');
    expect(command.assignments.map(({ name, value }) => [name, value?.value])).toEqual([['A', '1'], ['B', undefined]]);
    expect(command.redirects.map(({ operator, descriptor, target }) => [operator, descriptor, target?.value])).toEqual([
      ['>', undefined, 'log'],
      ['>&', 2, '1'],
      ['<', undefined, 'in'],
    ]);
  });

  it('reads here-documents, functions, groups and case', () => {
    const script = parseScript('f() { a; }\n{ b; }\ncase x in y) c;; esac\ncat <<E >out\ntext\nE\nd');
    expect(script.commands().map(({ text, inside }) => [text.split('\n')[0], inside])).toEqual([
      ['a', 'function'],
      ['b', 'group'],
      ['c', 'case'],
      ['cat <<E >out', 'top'],
      ['d', 'top'],
    ]);
    expect(script.errors).toEqual([]);
  });

  it('leads spans through the map to the source', () => {
    const map = [
      { at: 0, source: 10, length: 2, sourceLength: 2 },
      { at: 2, source: 20, length: 3, sourceLength: 3 },
    ];
    const [name, argument] = parseScript('a bcd', map).commands()[0]?.words ?? [];
    expect(name?.span).toEqual({ start: 10, end: 11 });
    expect(argument?.span).toEqual({ start: 20, end: 23 });
    expect(argument?.local).toEqual({ start: 2, end: 5 });
  });

  it('finds the one command that is the whole script', () => {
    expect(onlyCommand(parseScript('node a.js'))?.text).toBe('node a.js');
    for (const text of ['a && b', 'a; b', 'a &', 'a | b', '! a', '(a)', '']) expect(onlyCommand(parseScript(text))).toBeUndefined();
  });
});

describe('texts no shell can read', () => {
  it.each(['echo "abc', 'if', 'a && ', '((', '$(', '`', 'case x in', '{', '<<', '&', '|'])('%j gives errors or commands, never an exception', (text) => {
    const script = parseScript(text);
    expect(script.errors.length + script.commands().length).toBeGreaterThan(0);
  });

  it('survives deep nesting and long texts', () => {
    expect(parseScript('('.repeat(20_000)).errors.length).toBeGreaterThan(0);
    expect(parseScript('$('.repeat(20_000)).text.length).toBe(40_000);
    expect(parseScript(`echo ${'x'.repeat(300_000)}`).errors.map((error) => error.message)).toEqual(['too long']);
  });
});
