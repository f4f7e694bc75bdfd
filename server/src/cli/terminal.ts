import { constants } from 'node:os';
import type { Io } from './io.ts';

/** Put in by the bundler from package.json. */
declare const __PODWRIGHT_VERSION__: string;

/** Work is handed back to the event loop after this many milliseconds, so that signals are heard. */
const slice = 50;

/**
 * The process's own streams and environment. A reader that leaves (`| head`) and Ctrl-C end the process as the shell
 * expects it, between two files: no file is ever left half written.
 */
export function nodeIo(serve: () => Promise<void>): Io {
  const leave = (signal: keyof typeof constants.signals) => (): void => {
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, leave(signal));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET') leave('SIGPIPE')();
      throw error;
    });
  }
  let since = performance.now();
  return {
    cwd: process.cwd(),
    env: process.env,
    platform: process.platform,
    version: __PODWRIGHT_VERSION__,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: process.stdout.isTTY,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    stdin: readStdin,
    breathe: () => {
      if (performance.now() - since < slice) return undefined;
      return new Promise((resolve) => {
        setImmediate(() => {
          since = performance.now();
          resolve();
        });
      });
    },
    serve,
  };
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
