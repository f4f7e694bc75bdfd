import type { DidChangeTextDocumentParams, DidOpenTextDocumentParams } from 'vscode-languageserver';
import type { Session } from '../engine/session.ts';
import { kindOf } from '../engine/sniff.ts';
import type { DocumentKind } from '../engine/sniff.ts';
import { SourceText } from '../engine/text/source.ts';
import { changed } from './changes.ts';
import type { Encoding } from './convert.ts';

/** An open document as the client sees it. */
export interface OpenDocument {
  readonly uri: string;
  /** What it is to the engine; undefined for what is none of our business. */
  readonly kind: DocumentKind | undefined;
  readonly source: SourceText;
  /** The client's number; `null` where the client has none. Zero is a version like any other. */
  readonly version: number | null;
  /** Grows with every change: tells old work from new where clients send no versions. */
  readonly generation: number;
}

/** The mirror of the client's open documents. Feeds the session with what is ours, and with nothing else. */
export class Documents {
  readonly #session: Session;
  readonly #encoding: () => Encoding;
  readonly #open = new Map<string, OpenDocument>();
  #generation = 0;

  constructor(session: Session, encoding: () => Encoding) {
    this.#session = session;
    this.#encoding = encoding;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  all(): readonly OpenDocument[] {
    return [...this.#open.values()];
  }

  open({ textDocument }: DidOpenTextDocumentParams): void {
    const { uri, languageId, text } = textDocument;
    this.#put(uri, kindOf(uri, languageId), new SourceText(text), versionOf(textDocument));
  }

  /** Changes of documents that are not open are dropped. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const known = this.#open.get(textDocument.uri);
    if (known === undefined) return;
    const source = changed(known.source, contentChanges, this.#encoding());
    this.#put(known.uri, known.kind, source, versionOf(textDocument));
  }

  close(uri: string): void {
    this.#open.delete(uri);
    this.#session.close(uri);
  }

  #put(uri: string, kind: DocumentKind | undefined, source: SourceText, version: number | null): void {
    this.#generation += 1;
    this.#open.set(uri, { uri, kind, source, version, generation: this.#generation });
    // The session only keeps the text here; whether YAML is a manifest it asks before it parses.
    if (kind !== undefined) this.#session.update(uri, kind, source);
  }
}

/** Old clients leave the version out or send null, whatever the protocol's types say. */
function versionOf(document: { readonly version?: number | null }): number | null {
  return document.version ?? null;
}
