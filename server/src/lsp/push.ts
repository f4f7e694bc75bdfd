import { CancellationTokenSource } from 'vscode-languageserver';
import type { Context } from './context.ts';
import { report } from './diagnostics.ts';
import { log } from './guard.ts';

/** Milliseconds without a keystroke before a changed document is checked. */
const settle = 150;

/** Publishes diagnostics for clients that do not ask for them. One check a document at a time, newest wins. */
export class Publisher {
  readonly #context: Context;
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #running = new Map<string, CancellationTokenSource>();
  /** What was sent last for which state of a document. */
  readonly #sent = new Map<string, { readonly generation: number; readonly diagnostics: string }>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** An opened document is checked at once, a changed one when typing pauses. */
  schedule(uri: string, when: 'now' | 'settled'): void {
    this.#stop(uri);
    const timer = setTimeout(
      () => {
        this.#waiting.delete(uri);
        void this.#publish(uri);
      },
      when === 'now' ? 0 : settle,
    );
    this.#waiting.set(uri, timer);
  }

  /** Other files changed: what was said of this one may be wrong now. Says nothing where it is not. */
  again(uri: string): void {
    if (!this.#waiting.has(uri)) this.schedule(uri, 'now');
  }

  /** A closed document keeps no warnings. */
  close(uri: string): void {
    this.#stop(uri);
    this.#sent.delete(uri);
    void this.#context.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  dispose(): void {
    for (const uri of [...this.#waiting.keys(), ...this.#running.keys()]) this.#stop(uri);
  }

  #stop(uri: string): void {
    clearTimeout(this.#waiting.get(uri));
    this.#waiting.delete(uri);
    this.#running.get(uri)?.cancel();
    this.#running.delete(uri);
  }

  async #publish(uri: string): Promise<void> {
    const { connection, documents, abilities } = this.#context;
    const source = new CancellationTokenSource();
    this.#running.set(uri, source);
    try {
      const diagnostics = await report(this.#context, uri, source.token);
      const document = documents.get(uri);
      if (diagnostics === undefined || document === undefined || source.token.isCancellationRequested) return;
      const { version, generation } = document;
      const sent = { generation, diagnostics: JSON.stringify(diagnostics) };
      const last = this.#sent.get(uri);
      if (last?.generation === generation && last.diagnostics === sent.diagnostics) return;
      this.#sent.set(uri, sent);
      await connection.sendDiagnostics(
        abilities().publishVersion && version !== null ? { uri, version, diagnostics } : { uri, diagnostics },
      );
    } catch (error) {
      log(connection, 'textDocument/publishDiagnostics', error);
    } finally {
      if (this.#running.get(uri) === source) this.#running.delete(uri);
      source.dispose();
    }
  }
}
