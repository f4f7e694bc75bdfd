import { describe, expect, it } from 'vitest';
import { packageInstalls, removedPackages } from '../../server/src/engine/dockerfile/packages.ts';
import { copyOf } from '../../server/src/engine/dockerfile/copy.ts';
import { runOf, type Run } from '../../server/src/engine/dockerfile/run.ts';
import { covered, file, instruction } from './support.ts';

function run(text: string): Run {
  const found = runOf(instruction(text));
  if (found === undefined) throw new Error(`no RUN: ${text}`);
  return found;
}

const installs = (text: string): unknown => packageInstalls(run(text)).map(({ manager, packages }) => [manager, packages.map(({ name, version }) => (version === undefined ? name : `${name} ${version}`))]);

describe('RUN', () => {
  it('reads mounts', () => {
    const found = run('RUN --mount=type=cache,id=apt,target=/var/cache/apt,sharing=locked --mount=from=build,src=/a,dst=/b --mount=type=bind,target=. x');
    expect(found.mounts.map(({ type, target, source, id, from, sharing }) => [type, target, source, id, from, sharing])).toEqual([
      ['cache', '/var/cache/apt', undefined, 'apt', undefined, 'locked'],
      ['bind', '/b', '/a', undefined, 'build', undefined],
      ['bind', '.', undefined, undefined, undefined, undefined],
    ]);
  });

  it('has no script in exec form', () => {
    expect(run('RUN ["apt-get", "update"]')).toMatchObject({ form: 'exec', script: undefined });
  });
});

describe('packages installed', () => {
  it.each([
    ['RUN apt-get update && apt-get install -y --no-install-recommends curl git=1:2.39 && rm -rf /var/lib/apt/lists/*', [['apt', ['curl', 'git 1:2.39']]]],
    ['RUN DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 -qq install -t bookworm-backports libc6:arm64', [['apt', ['libc6']]]],
    ['RUN sudo apt install gcc', [['apt', ['gcc']]]],
    ['RUN apk add --no-cache --virtual .build-deps gcc musl-dev=1.2.5-r0 && apk add curl~8', [['apk', ['gcc', 'musl-dev 1.2.5-r0']], ['apk', ['curl 8']]]],
    ['RUN apk --no-cache add -t .d -X http://x tini@edge', [['apk', ['tini']]]],
    ['RUN dnf install -y gcc-c++ nginx-1.24.0-1 && dnf clean all', [['dnf', ['gcc-c++', 'nginx 1.24.0-1']]]],
    ['RUN microdnf -y --setopt install_weak_deps=0 install tar', [['microdnf', ['tar']]]],
    ['RUN yum install -y java-17-openjdk', [['yum', ['java-17-openjdk']]]],
    ['RUN zypper -n in gcc', [['zypper', ['gcc']]]],
    ['RUN pacman -Syu --noconfirm base-devel', [['pacman', ['base-devel']]]],
    ['RUN if true; then apt-get install -y a; fi', [['apt', ['a']]]],
    ['RUN <<EOF\napt-get install -y a\nEOF', [['apt', ['a']]]],
    ['RUN apt-get update', []],
    ['RUN echo apt-get install x', []],
    ['RUN npm install express', []],
  ])('%s', (text, expected) => {
    expect(installs(text)).toEqual(expected);
  });

  it('has spans, and knows what it does not know', () => {
    const found = run('RUN apk add --virtual=.v \\\n  curl \\\n  $DEPS');
    const [install] = packageInstalls(found);
    expect(install?.packages.map(({ name, known, span }) => [name, known, covered(found.instruction.file, span)])).toEqual([
      ['curl', true, 'curl'],
      ['$DEPS', false, '$DEPS'],
    ]);
    expect(install?.virtual).toBe('.v');
    expect(covered(found.instruction.file, install?.commandSpan)).toBe('apk add --virtual=.v \\\n  curl \\\n  $DEPS');
  });
});

it('packages removed again', () => {
  const removed = (text: string): unknown => removedPackages(run(text)).map(({ manager, packages, unneeded }) => [manager, packages.map(({ name }) => name), unneeded]);
  expect(removed('RUN apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc && apt-get autoremove -y')).toEqual([['apt', ['gcc'], true], ['apt', [], true]]);
  expect(removed('RUN apk add --virtual .b gcc && apk del .b')).toEqual([['apk', ['.b'], true]]);
  expect(removed('RUN apt-get remove -y gcc; microdnf remove make')).toEqual([['apt', ['gcc'], false], ['microdnf', ['make'], true]]);
});

describe('COPY and ADD', () => {
  it('reads paths in both forms', () => {
    const plain = copyOf(instruction('COPY --chown=app:app --chmod=755 a b/ /dst/'));
    expect([plain?.sources.map(({ text }) => text), plain?.destination?.text, plain?.chown, plain?.chmod]).toEqual([['a', 'b/'], '/dst/', 'app:app', '755']);
    const exec = copyOf(instruction('ADD ["a b", "/c d/"]'));
    expect([exec?.keyword, exec?.form, exec?.sources.map(({ text }) => text), exec?.destination?.text]).toEqual(['ADD', 'exec', ['a b'], '/c d/']);
  });

  it('tells a stage from an image', () => {
    const parsed = file('FROM a AS Build', 'FROM b', 'COPY --from=build /x /x', 'COPY --from=0 /x /x', 'COPY --from=composer:2 /x /x', 'COPY --from=1 /x /x', 'COPY --from=$V /x /x');
    const from = parsed.instructions.slice(2).map((each) => copyOf(each)?.from);
    expect(from.map((each) => [each?.stage?.index, each?.image?.text])).toEqual([
      [0, undefined],
      [0, undefined],
      [undefined, 'composer:2'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(covered(parsed, from[2]?.span)).toBe('composer:2');
  });

  it('keeps here-documents apart from paths', () => {
    const copy = copyOf(instruction('COPY <<EOF conf /etc/x\nhello\nEOF'));
    expect([copy?.sources.map(({ text }) => text), copy?.heredocs.map(({ body }) => body.text)]).toEqual([['conf'], ['hello\n']]);
  });

  it('survives half-typed lines', () => {
    expect(copyOf(instruction('COPY'))).toMatchObject({ sources: [], destination: undefined });
    expect(copyOf(instruction('COPY a'))).toMatchObject({ sources: [], destination: undefined });
    expect(copyOf(instruction('COPY --from= a b'))?.from).toMatchObject({ text: '', stage: undefined, image: undefined });
    expect(copyOf(instruction('RUN x'))).toBeUndefined();
  });
});
