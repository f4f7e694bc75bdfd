import { ResponseError } from 'vscode-languageserver';
import type { CancellationToken, Connection } from 'vscode-languageserver';
import type { Lifecycle } from './lifecycle.ts';

/** A connection, and what it allows at this time. */
export interface Line {
  readonly connection: Connection;
  readonly lifecycle: Lifecycle;
}

/**
 * A handler that never fails: a defect is logged and answered with `empty`, so that one bad document
 * does not take the others' warnings away. Refusals that the protocol knows (such as "cancelled") pass.
 */
export function guarded<P, R>(
  { connection, lifecycle }: Line,
  name: string,
  empty: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R> {
  return async (params, token) => {
    lifecycle.demand();
    try {
      return await handle(params, token);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log(connection, name, error);
      return empty;
    }
  };
}

/** The same for notifications, which have no answer: those that come too early or too late are dropped. */
export function quietly<P>({ connection, lifecycle }: Line, name: string, handle: (params: P) => void): (params: P) => void {
  return (params) => {
    if (!lifecycle.isRunning) return;
    try {
      handle(params);
    } catch (error) {
      log(connection, name, error);
    }
  };
}

export function log(connection: Connection, name: string, error: unknown): void {
  try {
    connection.console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } catch {
    // The connection is gone, and with it everyone who could read this.
  }
}
