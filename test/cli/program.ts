/** The command line as a process, in a folder of its own. */
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { build } from '../../esbuild.mjs';

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** As a user who may not do everything, because root may read and write what it likes. Takes `cwd` over. */
  readonly unprivileged?: boolean;
}

export interface Program {
  /** Runs `podwright ...args`, English and without colours unless the environment says otherwise. */
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Outcome>;
  /** A new folder holding these files; names ending in / are folders. */
  readonly folder: (files: Readonly<Record<string, string | Buffer>>) => string;
  readonly path: string;
}

/** Builds the program for one test file, and removes the folders it made afterwards. */
export function program(name: string): Program {
  const out = fileURLToPath(new URL(`../../out/test-cli/${name}/`, import.meta.url));
  const path = join(out, 'cli.cjs');
  const made: string[] = [];
  let home = '';
  beforeAll(async () => {
    await build({ outdir: out });
    home = mkdtempSync(join(tmpdir(), 'podwright cli '));
    made.push(home);
  }, 60_000);
  afterAll(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  });
  return {
    path,
    folder: (files) => {
      const folder = mkdtempSync(join(tmpdir(), 'podwright cli '));
      made.push(folder);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(join(folder, file.endsWith('/') ? file : dirname(file)), { recursive: true });
        if (!file.endsWith('/')) writeFileSync(join(folder, file), text);
      }
      return folder;
    },
    run: (args, { stdin = '', env = {}, cwd = home, unprivileged = false } = {}) =>
      new Promise((resolve, reject) => {
        const other = unprivileged && process.getuid?.() === 0;
        const options = { cwd, env: { PATH: process.env['PATH'] ?? '', LANG: 'C', ...env }, ...(other ? { uid: nobody, gid: nobody } : {}) };
        const child = spawn(process.execPath, [other ? giveAway(cwd, path) : path, ...args], options);
        const result = { out: '', err: '' };
        child.stdout.setEncoding('utf8').on('data', (text: string) => (result.out += text));
        child.stderr.setEncoding('utf8').on('data', (text: string) => (result.err += text));
        child.on('error', reject);
        child.on('close', (code, signal) => {
          resolve({ code, signal, ...result });
        });
        child.stdin.on('error', () => undefined);
        child.stdin.end(stdin);
      }),
  };
}

/** The Pods of these tests are somebody's, so that nothing is said about them but what a test is about. */
const owned = '{ name: web, ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: web }] }';

/** The API server refuses this one: an error with a safe fix. */
export const initProbe = `apiVersion: v1
kind: Pod
metadata:
  ${owned}
spec:
  initContainers:
    - name: wait # first
      image: busybox:1.37
      readinessProbe:
        exec: { command: [ls] }
  restartPolicy: Never
  containers:
    - name: app
      image: nginx:1.27
      resources: { limits: { cpu: 1, memory: 64Mi } }
`;

export const initProbeFixed = initProbe.replace(/ {6}readinessProbe:\n.*\n/, '');

/** A serving container without a readinessProbe: information, with suggestions only. */
export const noProbe = `apiVersion: v1
kind: Pod
metadata:
  ${owned}
spec:
  containers:
    - name: app
      image: nginx:1.27
      resources: { limits: { cpu: 1, memory: 64Mi } }
      ports:
        - name: http
          containerPort: 80
`;

/** Only a habit: a hint. */
export const habit = `apiVersion: v1
kind: Pod
metadata:
  ${owned}
spec:
  containers:
    - name: app
      image: nginx:1.27
      resources: { limits: { cpu: 1, memory: 64Mi } }
      livenessProbe:
        exec: { command: [ls] }
`;

export const clean = noProbe.replace(/ {6}ports:[^]*$/, '');

export function read(...parts: readonly string[]): string {
  return readFileSync(join(...parts), 'utf8');
}

const nobody = 65534;

/** Makes a folder and its files another user's, and puts the program where that user can reach it. */
function giveAway(folder: string, program: string): string {
  for (const file of readdirSync(folder)) chownSync(join(folder, file), nobody, nobody);
  chownSync(folder, nobody, nobody);
  const place = mkdtempSync(join(folder, '.program-'));
  chmodSync(place, 0o755);
  for (const file of ['cli.cjs', 'cli.main.cjs']) copyFileSync(join(dirname(program), file), join(place, file));
  return join(place, 'cli.cjs');
}
