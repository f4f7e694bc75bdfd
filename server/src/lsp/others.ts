import { filesElsewhere, type OtherFile, otherFile, type Others, settled } from '../engine/core/elsewhere.ts';
import type { FixOutcome } from '../engine/core/finding.ts';
import { SourceText } from '../engine/text/source.ts';
import { fileKey } from '../engine/workspace/paths.ts';
import type { Context } from './context.ts';

/** Another file than the one a request is about, as it is now. */
export interface Other {
  /** As its editor spells it, where it is open. */
  readonly uri: string;
  readonly file: OtherFile;
  readonly source: SourceText;
  /** Of its editor; null where it is not open, or where the client has none. */
  readonly version: number | null;
}

/** By the URI that edits name. */
export type OtherTexts = ReadonlyMap<string, Other>;

/** What stands in an editor beats what is on the disk: one of them is what an edit is applied to. */
export async function readOther({ documents, files }: Context, uri: string): Promise<Other> {
  const key = fileKey(uri);
  const open = documents.all().find((each) => fileKey(each.uri) === key);
  // An editor's own text is no matter of bytes.
  if (open !== undefined) return { uri: open.uri, file: { kind: 'text', text: open.source.text }, source: open.source, version: open.version };
  const text = await files.read(uri);
  return { uri, file: otherFile(text), source: new SourceText(text ?? ''), version: null };
}

/** The files that these fixes change beside the open one. */
export async function readOthers(context: Context, outcomes: readonly FixOutcome[]): Promise<OtherTexts> {
  const texts = new Map<string, Other>();
  for (const uri of new Set(outcomes.flatMap(filesElsewhere))) texts.set(uri, await readOther(context, uri));
  return texts;
}

/** Those texts for the engine; a file that nobody asked for before counts as unreadable. */
export function othersIn(texts: OtherTexts): Others {
  return (uri) => texts.get(uri)?.file ?? { kind: 'unreadable' };
}

/** What a fix comes to with the other files it changes, read now. */
export async function settledNow(context: Context, outcome: FixOutcome): Promise<{ readonly outcome: FixOutcome; readonly others: OtherTexts }> {
  const others = await readOthers(context, [outcome]);
  return { outcome: settled(outcome, othersIn(others)), others };
}
