/** The bundles as processes of their own. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll } from 'vitest';
import { createProtocolConnection, InitializedNotification, InitializeRequest, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { InitializeParams, ProtocolConnection } from 'vscode-languageserver/node';
import { build } from '../../esbuild.mjs';
import { modern } from './support.ts';

export interface Started {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
}

export interface Processes {
  /** The folder of the bundles. */
  readonly out: string;
  readonly server: string;
  readonly cli: string;
  /** Starts Node with these arguments and speaks the protocol over its standard streams. */
  readonly start: (args: readonly string[], env?: NodeJS.ProcessEnv) => Started;
  /** Ends a process after the test. */
  readonly keep: (child: ChildProcess) => void;
}

/** Builds the bundles for one test file, and ends what it started after each test. */
export function processes(name: string): Processes {
  const out = fileURLToPath(new URL(`../../out/${name}/`, import.meta.url));
  const children: ChildProcess[] = [];
  beforeAll(() => build({ outdir: out }), 60_000);
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });
  return {
    out,
    server: join(out, 'server.cjs'),
    cli: join(out, 'cli.cjs'),
    keep: (child) => void children.push(child),
    start: (args, env = {}) => {
      const child = spawn(process.execPath, args, { stdio: 'pipe', env: { ...process.env, ...env } });
      children.push(child);
      const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
      connection.listen();
      return { child, connection };
    },
  };
}

/** Greets a server as VS Code does; its version. */
export async function initialize(connection: ProtocolConnection, processId: number | null = process.pid, folders: readonly string[] = []): Promise<string | undefined> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it
  const params: InitializeParams = { processId, rootUri: null, capabilities: modern, workspaceFolders: folders.map((uri) => ({ uri, name: uri })) };
  const { serverInfo } = await connection.sendRequest(InitializeRequest.type, params);
  await connection.sendNotification(InitializedNotification.type, {});
  return serverInfo?.version;
}
