import type { Span } from '../text/span.ts';
import type { Fix, Related, Severity } from './finding.ts';
import type { Message, Text } from './message.ts';

/** The line of the guidelines that a rule enforces. */
export type Guideline =
  | 'multi-stage'
  | 'init-process'
  | 'controllers'
  | 'foreground'
  | 'logs'
  | 'volumes'
  | 'image-tags'
  | 'readiness'
  | 'job-deadline'
  | 'resources'
  | 'lifecycle'
  | 'patterns'
  | 'validity';

/**
 * Facts that other documents and files give to a rule. A rule that names one is run again when that fact changes; asking
 * for one that it does not name is a defect, and fails. `services`, `limitRanges`, `claims` (PersistentVolumeClaims): of
 * all files of the root; `overlays`: what Kustomize does to a file; `images`: what is built here, and what the images are like; `containers`: those of manifests
 * that run an image which is built here; `build`: the files that a Dockerfile's build sees.
 */
export type FactKind = 'services' | 'limitRanges' | 'claims' | 'overlays' | 'images' | 'containers' | 'build';

export type Language = 'kubernetes' | 'dockerfile';

export interface RuleMeta {
  /** `language/what-is-wrong`, readable as "allow <id>". */
  readonly id: string;
  readonly guideline: Guideline;
  /** One line for lists: what the rule finds. */
  readonly title: Text;
  /** Every severity the rule reports by itself, strongest first. */
  readonly severities: readonly Severity[];
  /** The strongest promise its fixes make; `none` where it has no fix. */
  readonly fix: 'safe' | 'suggestion' | 'none';
  readonly reads: readonly FactKind[];
  /** Rules whose finding on the same cause replaces this one's. */
  readonly yieldsTo: readonly string[];
  /** Rules that may have something to say only after a fix of this one. Anything else new is a defect of the fix. */
  readonly mayReveal: readonly string[];
}

/** What a rule says. Spans and edits speak of the text of the document (YAML) or file (Dockerfile) it was given. */
export interface Report {
  readonly span: Span;
  readonly place: string;
  readonly severity: Severity;
  readonly message: Message;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}

/** A rule is data and one pure function over a typed view: no IO, no clock, no editor, no syntax nodes. */
export interface Rule<View, Context> {
  readonly language: Language;
  readonly meta: RuleMeta;
  readonly check: (view: View, context: Context) => Iterable<Report>;
}
