import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { Context } from './context.ts';
import { log } from './guard.ts';
import type { Publisher } from './push.ts';

/** Milliseconds without news before open documents are checked again; and the longest that news is kept back. */
const quiet = 150;
const longest = 1_000;

/** Has open documents checked again when the files around them say something new. */
export class Refresher {
  readonly #context: Pick<Context, 'abilities' | 'connection' | 'documents' | 'session'>;
  readonly #publisher: () => Publisher;
  #seen: string;
  #news = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | undefined;

  constructor(context: Pick<Context, 'abilities' | 'connection' | 'documents' | 'session'>, publisher: () => Publisher) {
    this.#context = context;
    this.#publisher = publisher;
    this.#seen = context.session.revision;
  }

  /** To be called whenever something may have been learned; does nothing where nothing was. */
  learned(): void {
    const { revision } = this.#context.session;
    if (revision === this.#seen) return;
    this.#seen = revision;
    this.#news += 1;
    this.#schedule();
  }

  /** A check begins. What it returns is for {@link checked}. */
  begin(): number {
    this.learned();
    return this.#news;
  }

  /** A check ended: the others must hear of what this document told, and itself of what came while it was checked. */
  checked(uri: string, began: number): void {
    const { documents, session } = this.#context;
    const hasTold = session.revision !== this.#seen;
    this.#seen = session.revision;
    const hasOthers = documents.all().some((other) => other.kind !== undefined && other.uri !== uri);
    if (began !== this.#news || (hasTold && hasOthers)) this.#schedule();
  }

  /** Pushes every open document's warnings again, or asks the client to ask again, where it can. */
  now(): void {
    clearTimeout(this.#timer);
    this.#since = undefined;
    const { abilities, connection, documents } = this.#context;
    const { pull, refresh, timelines, refreshLenses } = abilities();
    const open = documents.all().filter(({ kind }) => kind !== undefined);
    if (open.length === 0) return;
    if (timelines && refreshLenses) {
      connection.sendRequest(CodeLensRefreshRequest.type).catch((error: unknown) => {
        log(connection, 'workspace/codeLens/refresh', error);
      });
    }
    if (!pull) for (const { uri } of open) this.#publisher().again(uri);
    else if (refresh) {
      const ask = async (): Promise<void> => {
        await connection.languages.diagnostics.refresh();
      };
      ask().catch((error: unknown) => {
        log(connection, 'workspace/diagnostic/refresh', error);
      });
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    const now = performance.now();
    this.#since ??= now;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.now();
    }, Math.max(0, Math.min(quiet, this.#since + longest - now)));
  }
}
