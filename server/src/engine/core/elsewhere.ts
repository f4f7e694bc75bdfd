import { edits, type Elsewhere, type Finding, type FixOutcome, refused } from './finding.ts';
import { type Message, message, type Text } from './message.ts';

/** The text of a file that a fix wants to change, or why it has none that can be changed. */
export type OtherFile =
  | { readonly kind: 'text'; readonly text: string }
  /** `not-utf8`: writing the text back would change bytes that no fix touched. */
  | { readonly kind: 'unreadable' | 'not-utf8' };

/** The texts of other files as they are now, by URI. */
export type Others = (uri: string) => OtherFile;

const texts: Readonly<Record<Exclude<OtherFile['kind'], 'text'>, Text>> = {
  unreadable: { en: 'The file {file}, which has to be changed, cannot be read.', zh: '需要修改的文件 {file} 无法读取。' },
  'not-utf8': { en: 'The file {file}, which has to be changed, is not valid UTF-8.', zh: '需要修改的文件 {file} 不是有效的 UTF-8。' },
};

/** A file whose bytes are no UTF-8 reads with this character in their place. */
const replacement = '\ufffd';

/** What a host without a word about bytes read; undefined where it could not. */
export function otherFile(text: string | undefined): OtherFile {
  if (text === undefined) return { kind: 'unreadable' };
  return text.includes(replacement) ? { kind: 'not-utf8' } : { kind: 'text', text };
}

/** The files that a fix changes beside its finding's. */
export function filesElsewhere(outcome: FixOutcome): readonly string[] {
  return outcome.kind === 'edits' ? [...new Set((outcome.elsewhere ?? []).map(({ uri }) => uri))] : [];
}

/** The outcome with its changes of other files made: all of them, or the reason why one cannot be. */
export function settled(outcome: FixOutcome, others: Others): FixOutcome {
  if (outcome.kind === 'refused' || outcome.elsewhere === undefined) return outcome;
  const made = [...outcome.edits];
  for (const each of outcome.elsewhere) {
    const change = changeOf(each, others(each.uri));
    if (change.kind === 'refused') return change;
    made.push(...change.edits.map((edit) => ({ ...edit, uri: each.uri })));
  }
  return edits(made);
}

function changeOf({ uri, change }: Elsewhere, file: OtherFile): FixOutcome {
  return file.kind === 'text' ? change(file.text) : refused(reason(texts[file.kind], uri));
}

function reason(text: Text, uri: string): Message {
  return message(text, { file: uri.slice(uri.lastIndexOf('/') + 1) });
}

/** The finding with fixes whose changes of other files are made on these texts. */
export function settledFinding(finding: Finding, others: Others): Finding {
  if (finding.fixes.length === 0) return finding;
  return { ...finding, fixes: finding.fixes.map((fix) => ({ ...fix, outcome: () => settled(fix.outcome(), others) })) };
}
