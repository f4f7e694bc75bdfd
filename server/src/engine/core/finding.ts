import type { Span, TextEdit } from '../text/span.ts';
import type { Message } from './message.ts';

/** Strongest first. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

/** `safe`: the meaning of what runs cannot change, so fix-all may apply it. `suggestion`: a person chooses. */
export type FixSafety = 'safe' | 'suggestion';

/** An edit of the document the finding is in, or, with `uri`, of another one (offsets of that document's text). */
export interface DocumentEdit extends TextEdit {
  readonly uri?: string;
}

/**
 * A change of another file, made on that file's text as it is when somebody asks: what is unsaved in an editor, else what is
 * on the disk. So no offset is ever one of an older text.
 */
export interface Elsewhere {
  readonly uri: string;
  /** Edits of that text (without `uri`), or why it cannot be changed so any more. Same answer for the same text. */
  readonly change: (text: string) => FixOutcome;
}

/** What a fix comes to on the text it was made for: edits, or the reason why there can be none. */
export type FixOutcome =
  | {
      readonly kind: 'edits';
      readonly edits: readonly DocumentEdit[];
      /** What is changed in other files; it goes together with the edits, or nothing does. Made edits by `settled`. */
      readonly elsewhere?: readonly Elsewhere[];
    }
  | { readonly kind: 'refused'; readonly reason: Message };

export interface Fix {
  /** Names the kind of repair inside its rule: "fix all of this kind" applies the fixes that share it. */
  readonly key: string;
  readonly title: Message;
  readonly safety: FixSafety;
  /** Computed when somebody asks, on the text the finding was made for. Same answer every time. */
  readonly outcome: () => FixOutcome;
}

/** A further place that explains the finding. In the same document. */
export interface Related {
  readonly span: Span;
  readonly message: Message;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: Message;
  readonly span: Span;
  /** What the finding is about, stable under edits elsewhere: document index, kind, name and path. */
  readonly place: string;
  /** Best first. */
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}

/** A fix that cannot be made here, and why: shown as a disabled action. */
export function refused(reason: Message): FixOutcome {
  return { kind: 'refused', reason };
}

export function edits(list: readonly DocumentEdit[]): FixOutcome {
  return { kind: 'edits', edits: list };
}

/** A fix that changes another file, and with `own` edits the finding's document, too. */
export function editsElsewhere(elsewhere: readonly Elsewhere[], own: readonly DocumentEdit[] = []): FixOutcome {
  return { kind: 'edits', edits: own, elsewhere };
}
