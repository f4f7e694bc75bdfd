import type { DocumentEdit } from '../engine/core/finding.ts';
import type { Message } from '../engine/core/message.ts';
import type { DocumentKind } from '../engine/sniff.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { Span } from '../engine/text/span.ts';

/** A change that answers no finding. Offered on request at a place of a document. */
export interface Refactoring {
  /** `refactor` or a kind below it. */
  readonly kind: string;
  /** What can be done at `span`; edits as in fixes. */
  readonly at: (kind: DocumentKind, source: SourceText, span: Span) => Iterable<Refactored>;
}

export interface Refactored {
  readonly title: Message;
  readonly edits: readonly DocumentEdit[];
}
