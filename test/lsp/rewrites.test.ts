import { describe, expect, it } from 'vitest';
import { explicitPullPolicy } from '../../server/src/actions/explicit-pull-policy.ts';
import { rewriteInExecForm, runUnderInitAnyway } from '../../server/src/actions/rewrites.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';

function rewritten(text: string, at: string): readonly string[] {
  const start = text.indexOf(at);
  const found = runUnderInitAnyway.at('dockerfile', new SourceText(text), { start, end: start });
  return [...found].map(({ edits }) => applyEdits(text, edits));
}

const server = 'FROM debian:trixie-slim\nCOPY server /server\nCMD ["/server"]\n';

describe('running under an init though no finding asks for it', () => {
  it('is offered on the start command', () => {
    expect(rewritten(server, 'CMD')[0]).toContain('ENTRYPOINT ["/usr/bin/dumb-init", "--"]\nCMD ["/server"]\n');
  });

  it('is not offered elsewhere, twice, or where the rule has its own fixes', () => {
    expect(rewritten(server, 'COPY')).toEqual([]);
    expect(rewritten('FROM debian:trixie-slim\nCMD ["dumb-init", "/server"]\n', 'CMD')).toEqual([]);
    expect(rewritten('FROM node:24\nEXPOSE 80\nCMD ["node", "a.js"]\n', 'CMD')).toEqual([]);
  });

  it('is offered where only a shell stands in the way', () => {
    expect(rewritten('FROM debian:trixie-slim\nEXPOSE 80\nCMD /server\n', 'CMD')[0]).toContain('ENTRYPOINT ["/usr/bin/dumb-init", "--"]\nCMD ["/server"]\n');
  });
});

describe('writing a command in exec form though no finding asks for it', () => {
  const execForm = (text: string, at: string): readonly string[] => {
    const start = text.indexOf(at);
    return [...rewriteInExecForm.at('dockerfile', new SourceText(text), { start, end: start })].map(({ edits }) => applyEdits(text, edits));
  };

  it.each([
    ['CMD server --port 80\n', 'CMD ["server", "--port", "80"]\n'],
    ['cmd server --port $PORT\r\n', 'cmd ["sh", "-c", "exec server --port $PORT"]\r\n'],
    ['ENTRYPOINT server\n\nCMD ["--help"]\n', 'ENTRYPOINT ["server"]\n\n'],
  ])('is offered on CMD and ENTRYPOINT, whatever the shell: %j', (command, wanted) => {
    for (const stage of ['FROM alpine:3.22\n', 'FROM alpine:3.22 AS dev\n']) {
      expect(execForm(`${stage}${command}FROM scratch\n`, command)).toEqual([`${stage}${wanted}FROM scratch\n`]);
    }
  });

  it.each(['RUN server', 'CMD ["server"]', "CMD ['server']", 'CMD a | b', 'HEALTHCHECK CMD server', 'ONBUILD CMD server', 'CMD'])('is not offered here: %s', (line) => {
    expect(execForm(`FROM alpine:3.22\n${line}\n`, line)).toEqual([]);
  });

  it('is not offered on Windows, elsewhere, or where the words would become arguments of another command', () => {
    expect(execForm('FROM mcr.microsoft.com/windows/nanoserver:ltsc2025\nCMD server\n', 'CMD')).toEqual([]);
    expect(execForm('FROM alpine:3.22\nCMD server\n', 'FROM')).toEqual([]);
    expect(execForm('FROM alpine:3.22\nENTRYPOINT ["server"]\nCMD a $B\n', 'CMD')).toEqual([]);
  });
});

describe('writing down the pull policy that is the default', () => {
  const pod = (container: string): string => `kind: List\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n${container}`;
  const at = (text: string, place: string): readonly string[] => {
    const start = text.indexOf(place);
    return [...explicitPullPolicy.at('yaml', new SourceText(text), { start, end: start })].map(({ edits }) => applyEdits(text, edits));
  };

  it.each([
    ['nginx', 'Always'],
    ['nginx:latest', 'Always'],
    ['nginx:1.31', 'IfNotPresent'],
    ['nginx@sha256:1', 'IfNotPresent'],
    ['nginx:latest@sha256:1', 'Always'],
  ])('is offered on the image: %s', (image, policy) => {
    const text = pod(`      image: ${image} # web\n      ports: []\n`);
    expect(at(text, image)).toEqual([text.replace('# web\n', `# web\n      imagePullPolicy: ${policy}\n`)]);
  });

  it('is not offered elsewhere, or where it is written, computed, or shared', () => {
    expect(at(pod('      image: nginx\n'), 'name: web')).toEqual([]);
    expect(at(pod('      image: nginx\n      imagePullPolicy: Never\n'), 'nginx')).toEqual([]);
    expect(at(pod('      image: $IMAGE\n'), '$IMAGE')).toEqual([]);
    expect(at('image: nginx\n', 'nginx')).toEqual([]);
    expect(at('apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - &a {name: web, image: nginx}\n  - *a\n', 'nginx')).toEqual([]);
  });
});
