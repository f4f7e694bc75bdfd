import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { otherFile, settled } from '../../server/src/engine/core/elsewhere.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { rules } from '../../server/src/rules/index.ts';
import { workspace } from '../session/support.ts';

const own = { ...rules, kubernetes: rules.kubernetes.filter(({ meta }) => meta.id === 'kubernetes/pid-1-ignores-sigterm') };
const manifest = '/r/k8s/web.yaml';
const dockerfile = '/r/Dockerfile';
const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: shop/web:1.2
    command: [python, -m, http.server]
`;
const built = (target = ''): string => `services: {web: {image: "shop/web:1.2", build: {context: .${target === '' ? '' : `, target: ${target}`}}}}\n`;

function made(text: string, target = ''): ReturnType<typeof workspace> {
  const all = workspace(own);
  all.disk({ [manifest]: pod, [dockerfile]: text, '/r/compose.yaml': built(target) });
  all.open(manifest, pod);
  return all;
}

/** The titles of the fixes, with the texts that both files have after the fix; the Dockerfile as it is now. */
function offered({ lint }: ReturnType<typeof workspace>, now: string): readonly (readonly [string, string, string])[] {
  return lint(manifest).flatMap(({ fixes }) => fixes).filter(({ key }) => key === 'run-under-init').map((fix) => {
    const outcome = settled(fix.outcome(), () => otherFile(now));
    const title = render(fix.title, 'en');
    if (outcome.kind === 'refused') return [title, 'refused', render(outcome.reason, 'en')];
    const of = (uri: string | undefined): typeof outcome.edits => outcome.edits.filter((edit) => edit.uri === uri);
    expect(outcome.edits).toHaveLength(of(undefined).length + of(`file://${dockerfile}`).length);
    return [title, applyEdits(pod, of(undefined)).split('\n').at(-2)?.trim() ?? '', applyEdits(now, of(`file://${dockerfile}`))];
  });
}

describe('an init for a command that takes the place of the ENTRYPOINT', () => {
  it('is installed by the Dockerfile of the image, where the workspace has it', () => {
    const text = 'FROM python:3.14-slim\nCOPY . /srv\nCMD ["python", "app.py"]\n';
    expect(offered(made(text), text)).toEqual([
      [
        'Run under tini, installed by Dockerfile', 'command: [tini, -g, --, python, -m, http.server]',
        'FROM python:3.14-slim\nRUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*\nCOPY . /srv\nCMD ["python", "app.py"]\n',
      ],
      [
        'Run under dumb-init, installed by Dockerfile', 'command: [dumb-init, --, python, -m, http.server]',
        'FROM python:3.14-slim\nRUN apt-get update && apt-get install -y --no-install-recommends dumb-init && rm -rf /var/lib/apt/lists/*\nCOPY . /srv\nCMD ["python", "app.py"]\n',
      ],
    ]);
  });

  it.each([
    ['its ENTRYPOINT', 'FROM alpine:3.22\nRUN apk add --no-cache tini python3\nENTRYPOINT ["/sbin/tini", "--", "python3", "app.py"]\n', 'Run under tini', 'command: [/sbin/tini, --, python, -m, http.server]'],
    ['a package', 'FROM alpine:3.22\nRUN apk add --no-cache dumb-init python3\nCMD ["python3", "app.py"]\n', 'Run under dumb-init', 'command: [dumb-init, --, python, -m, http.server]'],
    ['its base image', 'FROM apache/airflow:2.10.5\nCOPY dags /dags\n', 'Run under dumb-init', 'command: [/usr/bin/dumb-init, --, python, -m, http.server]'],
  ])('is the one that the image has: %s', (_, text, title, command) => {
    expect(offered(made(text), text)).toEqual([[title, command, text]]);
  });

  it('goes into the stage that is built', () => {
    const text = 'FROM alpine:3.22 AS web\nCMD ["python3", "app.py"]\nFROM web AS test\nCMD ["pytest"]\n';
    expect(offered(made(text, 'web'), text)[0]?.[2]).toBe('FROM alpine:3.22 AS web\nRUN apk add --no-cache tini\nCMD ["python3", "app.py"]\nFROM web AS test\nCMD ["pytest"]\n');
  });

  it('speaks of the Dockerfile as it is when the fix is chosen', () => {
    const text = 'FROM alpine:3.22\nCMD ["python3", "app.py"]\n';
    const all = made(text);
    const [finding] = all.lint(manifest);
    expect(finding?.fixes.find(({ key }) => key === 'run-under-init')?.outcome().kind).toBe('edits');
    const later = `# syntax=docker/dockerfile:1\n${text}`;
    all.open(dockerfile, later);
    all.lint(manifest);
    const fix = finding?.fixes.find(({ key }) => key === 'run-under-init');
    const outcome = fix === undefined ? undefined : settled(fix.outcome(), () => otherFile(later));
    expect(outcome?.kind === 'edits' ? applyEdits(later, outcome.edits.filter(({ uri }) => uri !== undefined)) : outcome).toBe('# syntax=docker/dockerfile:1\nFROM alpine:3.22\nRUN apk add --no-cache tini\nCMD ["python3", "app.py"]\n');
  });

  it('refuses where the Dockerfile on the disk is another one by then', () => {
    const text = 'FROM alpine:3.22\nCMD ["python3", "app.py"]\n';
    expect(offered(made(text), 'FROM scratch\nCMD ["/app"]\n')).toEqual(
      ['tini', 'dumb-init'].map((init) => [`Run under ${init}, installed by Dockerfile`, 'refused', `The Dockerfile of the image has changed, and ${init} cannot be put into it any more.`]),
    );
  });

  it('is not offered where nothing can install it, or nobody knows what the image is made of', () => {
    expect(offered(made('FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD ["app.exe"]\n'), '')).toEqual([]);
    const alone = workspace(own);
    alone.disk({ [manifest]: pod });
    alone.open(manifest, pod);
    expect(alone.lint(manifest)).toHaveLength(1);
    expect(offered(alone, '')).toEqual([]);
  });
});
