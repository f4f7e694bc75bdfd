import { describe, expect, it } from 'vitest';
import { composeBuilds, skaffoldBuilds } from '../../server/src/engine/workspace/builds.ts';
import { builtStage, imageFacts } from '../../server/src/engine/workspace/image-facts.ts';
import { allArguments, scriptEnds, scriptFacts } from '../../server/src/engine/workspace/script-facts.ts';

it('Skaffold: artifacts of every document and profile', () => {
  expect(skaffoldBuilds(`apiVersion: skaffold/v3
build:
  artifacts:
  - image: localhost:5000/web:v1
    context: src/web/
    docker: {dockerfile: docker/Dockerfile, target: prod}
  - image: api
  - image: fn
    ko: {}
profiles:
- name: x
  build:
    artifacts: [{image: debug, context: d}]
---
apiVersion: skaffold/v3
build: {artifacts: [{image: last}]}
`)).toEqual([
    { image: 'localhost:5000/web', context: 'src/web/', dockerfile: 'src/web/docker/Dockerfile', target: 'prod', byDockerfile: true },
    { image: 'api', context: '.', dockerfile: undefined, target: undefined, byDockerfile: true },
    { image: 'fn', context: '.', dockerfile: undefined, target: undefined, byDockerfile: false },
    { image: 'debug', context: 'd', dockerfile: undefined, target: undefined, byDockerfile: true },
    { image: 'last', context: '.', dockerfile: undefined, target: undefined, byDockerfile: true },
  ]);
  expect(skaffoldBuilds('apiVersion: v1\nbuild: {artifacts: [{image: a}]}\n')).toEqual([]);
});

it('Compose: services that are built and named', () => {
  expect(composeBuilds('services:\n  a: {image: web:1, build: ./web}\n  b: {image: api, build: {context: api, dockerfile: ../Dockerfile.api, target: t}}\n  c: {image: redis}\n  d: {build: .}\n  e: {image: "$X", build: .}\n')).toEqual([
    { image: 'web', context: './web', dockerfile: undefined, target: undefined, byDockerfile: true },
    { image: 'api', context: 'api', dockerfile: 'api/../Dockerfile.api', target: 't', byDockerfile: true },
  ]);
});

describe('an image that is built here', () => {
  it('has the ports, user and volumes of its stage', () => {
    const facts = imageFacts('ARG P=9000\nFROM a AS base\nEXPOSE 80/udp\nUSER 1000\nFROM base AS prod\nARG P\nEXPOSE $P 8080\nVOLUME ["/data"]\nFROM prod AS test\n');
    expect(builtStage(facts, 'PROD')).toEqual({
      name: 'prod', exposed: [{ port: 80, protocol: 'udp' }, { port: 9000, protocol: 'tcp' }, { port: 8080, protocol: 'tcp' }], healthcheck: undefined, user: '1000', volumes: ['/data'],
    });
    expect(builtStage(facts, undefined)?.name).toBe('test');
    expect(builtStage(facts, 'none')).toBeUndefined();
  });

  it.each([
    ['HEALTHCHECK NONE', { kind: 'none' }],
    ['HEALTHCHECK CMD curl -f http://localhost:8080/healthz || exit 1', { kind: 'http', scheme: 'http', port: 8080, path: '/healthz', timing: {} }],
    ['HEALTHCHECK --interval=30s --retries=3 CMD ["wget", "-q", "https://127.0.0.1"]', { kind: 'http', scheme: 'https', port: 443, path: '/', timing: { interval: '30s', retries: '3' } }],
    ['ENV PORT=3000\nHEALTHCHECK CMD curl localhost:$PORT/up?x=1', { kind: 'http', scheme: 'http', port: 3000, path: '/up?x=1', timing: {} }],
    ['HEALTHCHECK CMD ["sh", "-c", "curl -f http://0.0.0.0:81/a"]', { kind: 'http', scheme: 'http', port: 81, path: '/a', timing: {} }],
    ['HEALTHCHECK CMD curl http://example.com/', { kind: 'command', command: ['/bin/sh', '-c', 'curl http://example.com/'], timing: {} }],
    ['HEALTHCHECK CMD pg_isready -h localhost', { kind: 'command', command: ['/bin/sh', '-c', 'pg_isready -h localhost'], timing: {} }],
    ['SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nHEALTHCHECK CMD a | b', { kind: 'command', command: ['/bin/bash', '-eo', 'pipefail', '-c', 'a | b'], timing: {} }],
    ['HEALTHCHECK --timeout=2s CMD ["/healthy", "--quick"]', { kind: 'command', command: ['/healthy', '--quick'], timing: { timeout: '2s' } }],
    ['HEALTHCHECK CMD nc -z -w 2 localhost 5432 || exit 1', { kind: 'tcp', port: 5432, timing: {} }],
    ['HEALTHCHECK CMD nc -z db 5432', { kind: 'command', command: ['/bin/sh', '-c', 'nc -z db 5432'], timing: {} }],
    ['HEALTHCHECK CMD nc -z localhost $PORT', { kind: 'command', command: ['/bin/sh', '-c', 'nc -z localhost $PORT'], timing: {} }],
  ])('tells its health check: %s', (line, expected) => {
    expect(builtStage(imageFacts(`FROM a\n${line}\n`), undefined)?.healthcheck).toEqual(expected);
  });
});

it.each([
  ['#!/bin/sh\nset -e\nexec "$@"\n', { interpreter: '/bin/sh', handsOver: 'arguments', calls: ['set', undefined] }],
  ['#!/usr/bin/env bash\nif [ a ]; then b; fi\nexec gosu app "$@"\n', { interpreter: '/usr/bin/env bash', handsOver: 'arguments', calls: ['[', 'b', undefined] }],
  ['#!/bin/sh\nexec nginx -g "daemon off;"\n', { interpreter: '/bin/sh', handsOver: 'program', calls: ['nginx'] }],
  ['#!/bin/sh\n"$@"\n', { interpreter: '/bin/sh', handsOver: undefined, calls: [undefined] }],
  ['#!/usr/bin/python3\nexec("x")\n', undefined],
  ['exec 2>&1\nnode a.js\n', { interpreter: undefined, handsOver: undefined, calls: ['exec', 'node'] }],
])('an entrypoint script: %j', (text, expected) => {
  expect(scriptFacts(text)).toEqual(expected === undefined ? undefined : expect.objectContaining(expected));
});

it.each<[text: string, ends: readonly (readonly [line: number, text: string])[]]>([
  ['node a.js\n', [[1, 'node a.js']]],
  ['cd /srv && node \\\n  a.js', [[1, 'node a.js']]],
  ['if a; then b; elif c; then d; else e; fi', [[1, 'b'], [1, 'd'], [1, 'e']]],
  ['case $1 in\na) b ;;\n*) exec c ;;\nesac', [[2, 'b']]],
  ['{ a; b; } ', [[1, 'b']]],
  ['run() {\n  node a.js\n}\nrun', [[2, 'node a.js']]],
  ['exec node a.js', []],
  ['trap x TERM\nnode a.js', []],
  ['node a.js &\nwait', []],
  ['node a.js & echo $!; b', []],
  ['node a.js | tee b', []],
  ['node a.js || exit 1', []],
  ['! node a.js', []],
  ['while true; do node a.js; done', []],
  ['(node a.js)', []],
  ['{ node a.js; } > log', []],
  ['run() { run; }\nrun', []],
  ['set -e', []],
  ['#!/usr/bin/python3\nnode', []],
  ['if', []],
])('the commands that a script ends in: %j', (text, ends) => {
  expect(scriptEnds(text).map(({ end }) => [end.line, end.text])).toEqual(ends);
});

it('keeps of the words that a script ends in what is known of them', () => {
  const words = (text: string): readonly (string | undefined)[] => scriptEnds(text).flatMap(({ end }) => end.words);
  expect(words('"$JAVA_HOME/bin/java" $OPTS "${@}"')).toEqual(['java', undefined, allArguments]);
  expect(words('cmd=$1; shift; "$cmd" "$@"')).toEqual([undefined, undefined]);
});
