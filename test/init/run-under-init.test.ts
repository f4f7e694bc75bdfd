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

const x86 = 'ADD --checksum=sha256:e874b55f3279ca41415d290c512a7ba9d08f98041b28ae7c2acb19a545f1c4df --chmod=755 https://github.com/Yelp/dumb-init/releases/download/v1.2.5/dumb-init_1.2.5_x86_64 /dumb-init';
const arm = 'ADD --checksum=sha256:b7d648f97154a99c539b63c55979cd29f005f88430fb383007fe3458340b795e --chmod=755 https://github.com/Yelp/dumb-init/releases/download/v1.2.5/dumb-init_1.2.5_aarch64 /dumb-init';

it('fetches the dumb-init of each architecture, pinned, into images without a package manager', () => {
  expect(under('dumb-init', 'FROM golang:1.27 AS build\n\nFROM scratch\nENTRYPOINT ["/server"]\n')).toBe(
    [
      '# syntax=docker/dockerfile:1',
      'FROM golang:1.27 AS build\n',
      'FROM scratch AS init-amd64',
      `${x86}\n`,
      'FROM scratch AS init-arm64',
      `${arm}\n`,
      'FROM init-${TARGETARCH} AS init\n',
      'FROM scratch',
      'COPY --from=init /dumb-init /dumb-init',
      'ENTRYPOINT ["/dumb-init", "--", "/server"]\n',
    ].join('\n'),
  );
});

it.each([
  ['linux/amd64', x86],
  ['linux/arm64/v8', arm],
])('fetches the one of the platform that the stage is pinned to: %s', (platform, add) => {
  expect(under('dumb-init', `FROM --platform=${platform} scratch AS base\n\nFROM base\nENTRYPOINT ["/server"]\n`)).toBe(
    `# syntax=docker/dockerfile:1\nFROM --platform=${platform} scratch AS base\n\nFROM scratch AS init\n${add}\n\nFROM base\nCOPY --from=init /dumb-init /dumb-init\nENTRYPOINT ["/dumb-init", "--", "/server"]\n`,
  );
});

it.each([
  ['\uFEFFFROM scratch\n', '\uFEFF# syntax=docker/dockerfile:1\nFROM scratch AS init-amd64\n'],
  ['# Ours\nFROM scratch AS init\nFROM scratch\n', '# syntax=docker/dockerfile:1\n# Ours\nFROM scratch AS init\nFROM scratch AS dumb-init-amd64\n'],
  ['# escape=`\nfrom scratch\n', '# syntax=docker/dockerfile:1\n# escape=`\nfrom scratch AS init-amd64\nadd --checksum'],
  ['#!/bin/docker\nFROM scratch\n', '#!/bin/docker\nFROM scratch AS init-amd64\n'],
  ['# syntax=docker/dockerfile:1.6\nFROM scratch\n', '# syntax=docker/dockerfile:1.6\nFROM scratch AS init-amd64\n'],
])('adds the line that names the front end where none does: %j', (text, head) => {
  expect(under('dumb-init', `${text}CMD ["/server"]\n`).startsWith(head), under('dumb-init', `${text}CMD ["/server"]\n`)).toBe(true);
});

it.each([
  ['docker/dockerfile', true],
  ['docker/dockerfile:1', true],
  ['docker.io/docker/dockerfile:1-labs', true],
  ['docker/dockerfile:1.10.0@sha256:0', true],
  ['docker/dockerfile-upstream:master', true],
  ['docker/dockerfile:1.5', false],
  ['docker/dockerfile:1.4-labs', false],
  ['docker/dockerfile:1.0-experimental', false],
  ['docker/dockerfile:experimental', false],
  ['docker/dockerfile:1@sha256:0', false],
  ['example.com/frontend:2', false],
])('knows which front end knows checksums: %s', (syntax, does) => {
  const text = `# syntax=${syntax}\nFROM scratch\nCMD ["/server"]\n`;
  expect(under('dumb-init', text).includes(`"${syntax}" does not know for sure`)).toBe(!does);
  expect(under('tini', text)).toContain('/usr/bin/tini-static');
});

it.each([
  ['FROM --platform=$BUILDPLATFORM scratch\nCMD ["/server"]\n', 'built for "$BUILDPLATFORM"'],
  ['FROM --platform=linux/s390x scratch\nCMD ["/server"]\n', 'built for "linux/s390x"'],
  ['FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD ["server.exe"]\n', 'Windows'],
  ['FROM debian\nENTRYPOINT ["/server"]\nCMD quiet\n', 'write CMD in exec form first'],
  ['FROM debian\nCMD server; echo done\n', 'something runs after'],
])('says why not: %s', (text, why) => {
  expect(under('dumb-init', text)).toContain(why);
});

it.each([
  ['FROM scratch\nCMD ["/server"]\n', 'tini'],
  ['FROM registry.access.redhat.com/ubi9\nCMD ["/server"]\n', 'tini'],
  ['FROM $BASE\nCMD ["/server"]\n', 'tini'],
  ['FROM debian:buster\nCMD ["/server"]\n', 'tini'],
  ['FROM node:14\nCMD ["node", "server.js"]\n', 'tini'],
  ['FROM ubuntu:16.04\nCMD ["/server"]\n', 'tini'],
  ['FROM alpine AS base\nUSER $APP\n\nFROM base\nCMD ["/server"]\n', 'tini'],
  ['FROM debian\nCMD ["/server"]\n', 'dumb-init'],
])('offers dumb-init first only where a package has it: %s', (text, first) => {
  expect(initsFor(start(text))[0]).toBe(first);
});

it('does not change the numbers of stages that are named by number', () => {
  const text = 'FROM scratch\nCMD ["/server"]\n\nFROM scratch\nCOPY --from=0 /server /\nCMD ["/server"]\n';
  const shifted = 'FROM scratch AS one\nENTRYPOINT ["/server"]\n\nFROM one\nCOPY --from=0 /server /\n';
  for (const init of ['tini', 'dumb-init'] as const) {
    expect(under(init, text)).toContain('COPY --from=0 /server /');
    expect(under(init, shifted)).toContain('stages are named by number here');
  }
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
