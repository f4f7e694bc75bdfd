import type { DidChangeTextDocumentParams, DidOpenTextDocumentParams } from 'vscode-languageserver';
import type { Session } from '../engine/session.ts';
import { kindOf } from '../engine/sniff.ts';
import type { DocumentKind } from '../engine/sniff.ts';
import { SourceText } from '../engine/text/source.ts';
import { fileRole } from '../engine/workspace/file-roles.ts';
import { fileKey } from '../engine/workspace/paths.ts';
import { changed } from './changes.ts';
import type { Encoding } from './convert.ts';

/** An open document as the client sees it. */
export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  /** What it is to the engine; undefined for what is none of our business. */
  readonly kind: DocumentKind | undefined;
  readonly source: SourceText;
  /** The client's number; `null` where the client has none. Zero is a version like any other. */
  readonly version: number | null;
  /** Grows with every change: tells old work from new where clients send no versions. */
  readonly generation: number;
}

/**
 * The mirror of the client's open documents. Feeds the session with what is ours; of the others the index takes in those
 * that tell something, such as a Compose file, because what stands in an editor beats what is on the disk.
 */
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
    this.#put({ uri, languageId, kind: kindOf(uri, languageId), source: new SourceText(text), version: versionOf(textDocument) });
  }

  /** Changes of documents that are not open are dropped. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    const known = this.#open.get(textDocument.uri);
    if (known === undefined) return;
    const source = changed(known.source, contentChanges, this.#encoding());
    this.#put({ ...known, source, version: versionOf(textDocument) });
  }

  close(uri: string): void {
    const known = this.#open.get(uri);
    this.#open.delete(uri);
    if (known?.kind === undefined) this.#session.index.remove(uri, 'buffer');
    else this.#session.close(uri);
  }

  #put(document: Omit<OpenDocument, 'generation'>): void {
    const { uri, kind, languageId, source } = document;
    this.#generation += 1;
    this.#open.set(uri, { ...document, generation: this.#generation });
    // The session only keeps the text here; whether YAML is a manifest it asks before it parses.
    if (kind !== undefined) this.#session.update(uri, kind, source, languageId);
    else if (fileRole(fileKey(uri)) !== undefined) this.#session.index.update(uri, source.text, 'buffer');
  }
}

/** Old clients leave the version out or send null, whatever the protocol's types say. */
function versionOf(document: { readonly version?: number | null }): number | null {
  return document.version ?? null;
}
