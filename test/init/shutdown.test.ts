import { describe, expect, it } from 'vitest';
import { shutdownOf } from '../../server/src/engine/dockerfile/shutdown.ts';
import { shellStays } from '../../server/src/engine/shell/hand-over.ts';
import { startOf } from '../../server/src/engine/dockerfile/start.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { parseScript } from '../../server/src/engine/shell/script.ts';

/** The table of what is process 1 for `/bin/sh -c <text>`, as measured for dash 0.5.12, bash 5.2 and busybox ash 1.35. */
const table: readonly (readonly [text: string, dash: boolean, bash: boolean, ash: boolean])[] = [
  ['prog args', true, false, false],
  ['prog $N', true, false, false],
  ['X=1 prog', true, false, false],
  ['true && prog', true, false, false],
  ['cd / && prog', true, false, false],
  ['true; prog', true, false, false],
  ['prog > file 2>&1', true, true, false],
  ['exec prog', false, false, false],
  ['cd / && exec prog', false, false, false],
  ['a | b', true, true, true],
  ['exec a | b', true, true, true],
];

describe('a shell in front of a program', () => {
  it.each(table)('%s', (text, dash, bash, ash) => {
    const script = parseScript(text);
    expect([shellStays(script, 'dash'), shellStays(script, 'bash'), shellStays(script, 'ash')]).toEqual([dash, bash, ash]);
  });

  it.each(['trap "kill 1" TERM; prog', 'while true; do date; sleep 1; done', 'prog &', 'if true; then prog'])('is not blamed for: %s', (text) => {
    expect(shellStays(parseScript(text), 'dash')).toBe(false);
  });

  it('is not blamed where nobody knows which one it is', () => {
    expect(shellStays(parseScript('prog'), undefined)).toBe(false);
  });
});

function of(...lines: readonly string[]): string | undefined {
  const stage = parseDockerfile(`${lines.join('\n')}\n`).stages.at(-1);
  const start = stage === undefined ? undefined : startOf(stage);
  const shutdown = start === undefined ? undefined : shutdownOf(start);
  return shutdown === undefined ? undefined : `${shutdown.kind}: ${shutdown.program} (${shutdown.serves})`;
}

describe('what SIGTERM does to', () => {
  it.each([
    ['["node", "--require=./trace.js", "dist/server.js"]', 'depends: node server.js (always)'],
    ['["node", "-r", "./trace.js", "index.js"]', 'depends: node index.js (unknown)'],
    ['["python", "-u", "-m", "app.worker"]', 'depends: python -m app.worker (always)'],
    ['["opentelemetry-instrument", "python3.12", "main.py"]', 'depends: python3.12 main.py (unknown)'],
    ['["python", "-m", "http.server", "80"]', 'ignores: python -m http.server (always)'],
    ['["python", "-m", "gunicorn", "app:app"]', undefined],
    ['["python", "/usr/bin/supervisord", "-n"]', undefined],
    ['["python", "-c", "print(1)"]', 'depends: python (never)'],
    ['["php", "artisan", "serve"]', 'depends: php artisan (always)'],
    ['["php-fpm8.4", "-F"]', undefined],
    ['["npm", "run", "start:dev"]', 'hides: npm run start:dev (never)'],
    ['["npm", "--script-shell=bash", "start"]', 'waits: npm start (always)'],
    ['["pnpm", "--filter", "api", "start"]', 'hides: pnpm start (always)'],
    ['["yarn", "workspace", "web", "start"]', 'abandons: yarn start (always)'],
    ['["yarn", "js:start"]', 'abandons: yarn js:start (always)'],
    ['["timeout", "60", "node", "server.js"]', undefined],
    ['["gosu", "app", "node", "server.js"]', 'depends: node server.js (always)'],
    ['["bash", "-c", "node server.js"]', 'depends: node server.js (always)'],
    ['node server.js | tee log', 'shell: node server.js (always)'],
    ['./server', 'shell: ./server (always)'],
    ['["./server"]', undefined],
  ])('%s', (command, expected) => {
    expect(of('FROM node:24', `CMD ${command}`)).toBe(expected);
  });

  it('the same command in another place', () => {
    expect(of('FROM node:24-alpine', 'CMD node server.js')).toBe('depends: node server.js (always)');
    expect(of('FROM node:24-alpine', 'CMD npm start')).toBe('waits: npm start (always)');
    expect(of('FROM node:24', 'SHELL ["/bin/bash", "-c"]', 'CMD npm start')).toBe('hides: npm start (always)');
    expect(of('FROM node:24', 'ENV NPM_CONFIG_SCRIPT_SHELL=bash', 'CMD ["npm", "start"]')).toBe('waits: npm start (always)');
    expect(of('FROM node:24', 'RUN corepack enable', 'CMD ["yarn", "start"]')).toBe(undefined);
    expect(of('FROM node:24', 'STOPSIGNAL SIGINT', 'CMD ["node", "server.js"]')).toBe(undefined);
    expect(of('FROM node:24', 'STOPSIGNAL 15', 'CMD ["node", "server.js"]')).toBe('depends: node server.js (always)');
    expect(of('FROM gcr.io/distroless/nodejs24-debian13', 'CMD ["server.js"]')).toBe(undefined);
  });
});
