import { expect, it } from 'vitest';
import { initsFor, runUnderInit } from '../../server/src/actions/run-under-init.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { startOf, type Start } from '../../server/src/engine/dockerfile/start.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { initOf } from '../../server/src/engine/shell/argv.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { corpus } from '../corpus/corpus.ts';

function start(text: string): Start {
  const stage = parseDockerfile(text).stages.at(-1);
  const found = stage === undefined ? undefined : startOf(stage);
  if (found === undefined) throw new Error('no start command');
  return found;
}

/** The text under an init, or why not. */
function under(init: 'dumb-init' | 'tini', text: string): string {
  const outcome = runUnderInit(start(text), init);
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : render(outcome.reason, 'en');
}

it('takes a program nobody knows as well, for those who ask', () => {
  expect(under('dumb-init', 'FROM alpine:3.22\nCMD ["./server"]\n')).toBe(
    'FROM alpine:3.22\nRUN apk add --no-cache dumb-init\nENTRYPOINT ["/usr/bin/dumb-init", "--"]\nCMD ["./server"]\n',
  );
});

it('copies a static tini into images without a package manager', () => {
  expect(under('tini', 'FROM golang:1.27 AS build\n\nFROM --platform=linux/amd64 scratch\nENTRYPOINT ["/server"]\n')).toBe(
    [
      'FROM golang:1.27 AS build\n',
      'FROM --platform=linux/amd64 debian:trixie-slim AS init',
      'RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*\n',
      'FROM --platform=linux/amd64 scratch',
      'COPY --from=init /usr/bin/tini-static /tini',
      'ENTRYPOINT ["/tini", "-g", "--", "/server"]\n',
    ].join('\n'),
  );
});

it.each([
  ['FROM scratch\nCMD ["/server"]\n', 'no package manager'],
  ['FROM registry.access.redhat.com/ubi9\nCMD ["/server"]\n', 'not packaged'],
  ['FROM $BASE\nCMD ["/server"]\n', 'Nothing in this file tells'],
  ['FROM debian:buster\nCMD ["/server"]\n', 'left the mirrors'],
  ['FROM node:14\nCMD ["node", "server.js"]\n', 'left the mirrors'],
  ['FROM ubuntu:16.04\nCMD ["/server"]\n', 'Ubuntu xenial has no package'],
  ['FROM alpine AS base\nUSER $APP\n\nFROM base\nCMD ["/server"]\n', 'cannot be restored'],
  ['FROM debian\nENTRYPOINT ["/server"]\nCMD quiet\n', 'write CMD in exec form first'],
  ['FROM debian\nCMD server; echo done\n', 'something runs after'],
])('says why not: %s', (text, why) => {
  expect(under('dumb-init', text)).toContain(why);
  expect(initsFor(start(text))[0]).toBe(/mirrors|manager|packag|tells|restored/.test(why) ? 'tini' : 'dumb-init');
});

it('does not change the numbers of stages that are named by number', () => {
  const text = 'FROM scratch\nCMD ["/server"]\n\nFROM scratch\nCOPY --from=0 /server /\nCMD ["/server"]\n';
  expect(under('tini', text)).toContain('COPY --from=0 /server /');
  expect(under('tini', 'FROM scratch AS one\nENTRYPOINT ["/server"]\n\nFROM one\nCOPY --from=0 /server /\n')).toContain('no package manager');
});

it('works on, or refuses, every start command of real files, and no edit is wrong', () => {
  const tally = { edits: 0, refused: 0 };
  for (const { path, text } of corpus().filter(({ type }) => type === 'dockerfile')) {
    const stage = parseDockerfile(text).stages.at(-1);
    const found = stage === undefined ? undefined : startOf(stage);
    if (found === undefined || initOf(found.argv) !== undefined) continue;
    for (const init of ['dumb-init', 'tini'] as const) {
      const outcome = runUnderInit(found, init);
      tally[outcome.kind] += 1;
      if (outcome.kind === 'refused') continue;
      const after = start(applyEdits(text, outcome.edits));
      expect(initOf(after.argv), path).toBe(init);
      // Behind `env NAME=$VALUE` nobody can name it.
      expect([found.argv.program, undefined], path).toContain(after.argv.program);
    }
  }
  expect(tally.edits).toBeGreaterThanOrEqual(tally.refused);
}, 60_000);
