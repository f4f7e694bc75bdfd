import type { CancellationToken } from 'vscode-languageserver';
import type { Finding } from '../engine/core/finding.ts';
import type { Session } from '../engine/session.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Context } from './context.ts';
import type { OpenDocument } from './documents.ts';
import { pace, run } from './pace.ts';
import type { Pace } from './pace.ts';

/** The findings of one state of one document, and the pace at which more may be done with them. */
export interface Checked {
  readonly document: OpenDocument;
  readonly source: SourceText;
  readonly findings: readonly Finding[];
  readonly pace: Pace;
}

/**
 * Checks the newest text of a document, in slices. `undefined` when there is nothing to check (unknown document,
 * not ours, switched off), when the caller cancelled, or when the text changed on the way.
 */
export async function check(context: Context, uri: string, token: CancellationToken): Promise<Checked | undefined> {
  const read = await readNow(context, uri, token, (session) => session.lintSlices(uri));
  return read === undefined ? undefined : { document: read.document, source: read.source, findings: read.result, pace: read.pace };
}

/** What a session makes of the newest text of a document. */
export interface ReadNow<T> {
  readonly document: OpenDocument;
  readonly source: SourceText;
  readonly result: T;
  readonly pace: Pace;
}

/** Has the session work on the newest text of a document, as {@link check} does it, and `undefined` where that is. */
export async function readNow<T>(context: Context, uri: string, token: CancellationToken, work: (session: Session) => Generator<void, T>): Promise<ReadNow<T> | undefined> {
  const { documents, files, refresher, session, settings } = context;
  if (documents.get(uri)?.kind === undefined) return undefined;
  const [{ enable }] = await Promise.all([settings.of(uri), files.configOf(uri)]);
  if (!enable || token.isCancellationRequested) return undefined;
  // Only now: the text may have changed while the settings were asked for and the configuration was read.
  const document = documents.get(uri);
  const source = session.text(uri);
  if (document === undefined || source === undefined) return undefined;
  const steps = pace(() => token.isCancellationRequested || documents.get(uri)?.generation !== document.generation);
  const began = refresher.begin();
  const result = await run(work(session), steps);
  refresher.checked(uri, began);
  return result === undefined ? undefined : { document, source, result, pace: steps };
}
