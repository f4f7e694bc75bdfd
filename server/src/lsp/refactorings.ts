import type { DocumentEdit } from '../engine/core/finding.ts';
import type { Message } from '../engine/core/message.ts';
import type { DocumentKind } from '../engine/sniff.ts';
import type { SourceText } from '../engine/text/source.ts';
import type { BuildContext } from '../engine/workspace/build-context.ts';
import type { Span } from '../engine/text/span.ts';

/** A change that answers no finding. Offered on request at a place of a document. */
export interface Refactoring {
  /** `refactor` or a kind below it. */
  readonly kind: string;
  /** What can be done at `span`; edits as in fixes. */
  readonly at: (kind: DocumentKind, source: SourceText, span: Span, around?: Around) => Iterable<Refactored>;
}

/** What is known of the document beside its text. */
export interface Around {
  readonly path: string;
  /** Read when somebody asks. */
  readonly build: BuildContext;
}

export interface Refactored {
  readonly title: Message;
  readonly edits: readonly DocumentEdit[];
  /** Why it cannot be done here, where someone who asked for it should know. */
  readonly refused?: Message;
}
