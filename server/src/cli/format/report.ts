import type { Finding, Severity } from '../../engine/core/finding.ts';
import type { AppliedFix } from '../../engine/core/fixes.ts';
import type { Text } from '../../engine/core/message.ts';
import type { SourceText } from '../../engine/text/source.ts';
import type { TextEdit } from '../../engine/text/span.ts';

/** A file that a fix of another one changes. */
export interface ChangedFile {
  readonly uri: string;
  /** As shown to the user. */
  readonly path: string;
  readonly before: SourceText;
  readonly edits: readonly TextEdit[];
}

/** What came of one file. */
export interface FileReport {
  /** As shown to the user. */
  readonly path: string;
  readonly source: SourceText;
  /** What is left after fixing, without what `--severity` hides. */
  readonly findings: readonly Finding[];
  readonly hidden: number;
  readonly fixed: readonly AppliedFix[];
  /** Other files that its fixes change. */
  readonly changed: readonly ChangedFile[];
  /** The file's bytes are no UTF-8, so that fixes found for it were not made. */
  readonly unfaithful: boolean;
}

/** Something that went wrong with one path. */
export interface Trouble {
  readonly path: string;
  readonly text: Text;
  /** The system's error code, where the text has a place for it. */
  readonly code?: string;
  /** Worth saying, but no failure of the run. */
  readonly note?: boolean;
}

/** Numbers of a whole run. */
export interface Totals {
  files: number;
  filesWithFindings: number;
  filesFixed: number;
  fixed: number;
  hidden: number;
  /** Findings that `--fix` would repair, and those for which `--unsafe` is needed. */
  safe: number;
  unsafe: number;
  readonly findings: Record<Severity, number>;
}

export function noTotals(): Totals {
  const findings = { error: 0, warning: 0, information: 0, hint: 0 };
  return { files: 0, filesWithFindings: 0, filesFixed: 0, fixed: 0, hidden: 0, safe: 0, unsafe: 0, findings };
}

/** How a format tells of one file. Apart from the writing, because it is work, which another thread may do. */
export type Render = (report: FileReport) => string;

/** A format's writer: given each file as it was rendered, in order, and the end. */
export interface Reporter {
  readonly file: (rendered: string) => void;
  readonly trouble: (trouble: Trouble) => void;
  readonly end: (totals: Totals) => void;
}
