import { describe, expect, it } from 'vitest';
import { resolvePath, shellAt, stageFacts, userAt, workdirAt } from '../../server/src/engine/dockerfile/facts.ts';
import { covered, file, stage } from './support.ts';

const facts = (...lines: readonly string[]): ReturnType<typeof stageFacts> => stageFacts(stage(...lines));

describe('start command', () => {
  const start = (...lines: readonly string[]): unknown => {
    const { entrypoint, cmd, resetsCmd } = facts(...lines);
    return [entrypoint?.instruction.args, cmd?.instruction.args, resetsCmd];
  };

  it('takes the last of each', () => {
    expect(start('FROM a', 'CMD one', 'ENTRYPOINT ["x"]', 'CMD two')).toEqual(['["x"]', 'two', false]);
  });

  it('keeps a CMD of the same stage, wherever it stands', () => {
    expect(start('FROM a', 'CMD one', 'ENTRYPOINT x')).toEqual(['x', 'one', false]);
  });

  it('takes an inherited CMD back where the stage has an ENTRYPOINT', () => {
    expect(start('FROM a AS b', 'ENTRYPOINT x', 'CMD one', 'FROM b', 'ENTRYPOINT y')).toEqual(['y', undefined, true]);
    expect(start('FROM a AS b', 'ENTRYPOINT x', 'CMD one', 'FROM b', 'CMD two')).toEqual(['x', 'two', false]);
    expect(start('FROM a AS b', 'ENTRYPOINT x', 'CMD one', 'FROM b')).toEqual(['x', 'one', false]);
    expect(start('FROM a', 'ENTRYPOINT x')).toEqual(['x', undefined, true]);
  });

  it('has nothing where the file says nothing', () => {
    expect(start('FROM a', 'RUN x')).toEqual([undefined, undefined, false]);
  });
});

describe('user, directory and shell', () => {
  it('takes the last USER, with variables replaced', () => {
    expect(facts('FROM a', 'ARG UID=1000', 'USER root', 'USER $UID:app').user?.value).toBe('1000:app');
    expect(facts('FROM a', 'USER $NOBODY').user).toMatchObject({ value: undefined });
    expect(facts('FROM a').user).toBeUndefined();
  });

  it.each([
    [['FROM alpine', 'WORKDIR /app', 'WORKDIR sub/../lib', 'WORKDIR ./x'], '/app/lib/x'],
    [['FROM alpine', 'WORKDIR app'], '/app'],
    [['FROM golang:1.27', 'WORKDIR src'], '/go/src'],
    [['FROM alpine'], '/'],
    [['FROM scratch'], '/'],
    [['FROM $BASE', 'WORKDIR app'], undefined],
    [['FROM $BASE', 'WORKDIR /app/'], '/app'],
    [['FROM alpine', 'ENV D=/srv', 'WORKDIR ${D}/www'], '/srv/www'],
    [['FROM alpine', 'WORKDIR $D', 'WORKDIR x'], undefined],
    [['FROM alpine AS a', 'WORKDIR /a', 'FROM a', 'WORKDIR b'], '/a/b'],
    [['FROM alpine', 'WORKDIR /../..'], '/'],
  ])('%j works in %s', (lines, path) => {
    expect(facts(...lines).workdir).toBe(path);
  });

  it('knows user, directory and shell at an instruction', () => {
    const last = stage('FROM alpine AS a', 'USER base', 'SHELL ["bash", "-c"]', 'FROM a', 'RUN x', 'USER app', 'WORKDIR /b', 'SHELL ["ash"]');
    const [run] = last.instructions;
    if (run === undefined) throw new Error('no instruction');
    expect([userAt(run)?.value, workdirAt(last, run), shellAt(run)?.value]).toEqual(['base', '/', ['bash', '-c']]);
    expect(stageFacts(last).shell?.value).toEqual(['ash']);
  });

  it('resolves paths as the builder does', () => {
    expect(resolvePath('/a', '../b//c/.')).toBe('/b/c');
    expect(resolvePath(undefined, 'b')).toBeUndefined();
    expect(resolvePath(undefined, '/b')).toBe('/b');
  });
});

describe('everything else', () => {
  const parsed = file(
    'FROM a AS base',
    'ENV A=1 B="two words"',
    'ENV OLD old form',
    'EXPOSE 80 53/udp',
    'VOLUME ["/data", "/x y"]',
    'LABEL a.b="c d" e=f',
    'STOPSIGNAL SIGQUIT',
    'HEALTHCHECK --interval=5s CMD curl -f localhost || exit 1',
    'FROM base',
    'ENV A=2',
    'ARG P=8080',
    'EXPOSE $P 9000-9002/TCP 99999 $UNKNOWN',
    'VOLUME /var/lib/$A /b',
    'HEALTHCHECK NONE',
  );
  const [base, last] = parsed.stages.map(stageFacts);

  it('ENV', () => {
    expect([...(last?.env ?? [])].map(([name, { value }]) => [name, value])).toEqual([['A', '2'], ['B', 'two words'], ['OLD', 'old form']]);
    expect(last?.env.get('A')?.instruction.index).toBe(9);
  });

  it('EXPOSE', () => {
    expect(last?.exposed.map(({ port, protocol, span }) => [port, protocol, covered(parsed, span)])).toEqual([
      [80, 'tcp', '80'],
      [53, 'udp', '53/udp'],
      [8080, 'tcp', '$P'],
      [9000, 'tcp', '9000-9002/TCP'],
      [9001, 'tcp', '9000-9002/TCP'],
      [9002, 'tcp', '9000-9002/TCP'],
    ]);
  });

  it('VOLUME, LABEL, STOPSIGNAL', () => {
    expect(last?.volumes.map(({ value, span }) => [value, covered(parsed, span)])).toEqual([
      ['/data', '"/data"'],
      ['/x y', '"/x y"'],
      ['/var/lib/2', '/var/lib/$A'],
      ['/b', '/b'],
    ]);
    expect([...(last?.labels ?? [])].map(([name, { value }]) => [name, value])).toEqual([['a.b', 'c d'], ['e', 'f']]);
    expect(last?.stopsignal?.value).toBe('SIGQUIT');
  });

  it('HEALTHCHECK', () => {
    expect(base?.healthcheck?.command?.script?.commands().map(({ text }) => text)).toEqual(['curl -f localhost', 'exit 1']);
    expect(last?.healthcheck).toMatchObject({ command: undefined });
  });
});
