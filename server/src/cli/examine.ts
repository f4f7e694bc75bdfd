import { pathToFileURL } from 'node:url';
import { settledFinding } from '../engine/core/elsewhere.ts';
import { severities, type Finding, type Fix, type Severity } from '../engine/core/finding.ts';
import { fixAll } from '../engine/core/fixes.ts';
import type { Session } from '../engine/session.ts';
import { type DocumentKind, kindOf, looksLikeManifest } from '../engine/sniff.ts';
import { SourceText } from '../engine/text/source.ts';
import type { CheckOptions } from './args.ts';
import type { FileReport } from './format/report.ts';
import type { Io } from './io.ts';
import { otherFiles } from './other-files.ts';
import type { Read } from './read-ahead.ts';

/** A text to look at. */
export interface Input {
  readonly path: string;
  readonly shown: string;
  readonly kind: DocumentKind;
  readonly text: string;
  /** False where writing the text back would change bytes that no fix touched. */
  readonly faithful: boolean;
}

/** Names of prose: a page that shows a manifest is none. Only what begins as one, and is one, counts there. */
const prose = /\.(?:md|mdx|markdown|rst|adoc|txt|html?)$/i;

/** Lines that may stand above the first one that says something. */
const preamble = /^\ufeff?(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.source;
const dockerfileStart = new RegExp(String.raw`${preamble}[ \t]*(?:FROM|ARG)[ \t]`, 'i');
/** An instruction as people write it, which no sentence looks like: `FROM node:22 AS build`, `ARG VERSION=1`. */
const proseDockerfileStart = new RegExp(String.raw`${preamble}(?:FROM(?:[ \t]+--\S+)*[ \t]+\S+(?:[ \t]+AS[ \t]+\S+)?|ARG[ \t]+\w+(?:=\S*)?)[ \t]*\r?(?:\n|$)`);
const proseManifestStart = new RegExp(String.raw`${preamble}(?:---[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?(?:["']?(?:apiVersion|kind|metadata|spec|data)["']?[ \t]*:|\{\s*["'])`);

/**
 * What a text is to be checked as; undefined where it is nothing of ours. A file that the user named is also judged by
 * what it holds, because its name may be anything.
 */
export function kindOfText(path: string, text: string, named: boolean): DocumentKind | undefined {
  const kind = kindOf(path);
  if (kind === 'dockerfile') return kind;
  if (kind === 'yaml') return looksLikeManifest(text) ? kind : undefined;
  if (!named) return undefined;
  const isProse = prose.test(path);
  if ((isProse ? proseDockerfileStart : dockerfileStart).test(text)) return 'dockerfile';
  return looksLikeManifest(text) && (!isProse || proseManifestStart.test(text)) ? 'yaml' : undefined;
}

/** What is told of a text that has these findings. */
export function reportOn(shown: string, text: string, findings: readonly Finding[], { severity }: Pick<CheckOptions, 'severity'>): FileReport {
  const left = findings.filter((finding) => isVisible(finding, severity));
  return { path: shown, source: new SourceText(text), findings: left, hidden: findings.length - left.length, fixed: [], changed: [], unfaithful: false };
}

function isVisible(finding: Finding, severity: Severity): boolean {
  return severities.indexOf(finding.severity) <= severities.indexOf(severity);
}

/** What examining a text takes beside it. */
export interface Examiner extends Pick<Io, 'breathe' | 'cwd'> {
  readonly session: Session;
  /** Reads the other files that fixes change. */
  readonly read: Read;
  /** False: fixes that change other files are only told of. */
  readonly mayChangeOthers: boolean;
}

/** Lints a text and, where asked, fixes it. Nothing is written. */
export async function examine(input: Input, examiner: Examiner, { fix, severity }: Pick<CheckOptions, 'fix' | 'severity'>): Promise<FileReport> {
  const { kind, shown, text } = input;
  const { session, breathe, cwd } = examiner;
  const uri = pathToFileURL(input.path).href;
  const others = otherFiles(examiner.read);
  const settle = (findings: readonly Finding[]): readonly Finding[] => findings.map((finding) => settledFinding(finding, others.text));
  const wanted = (finding: Finding, each: Fix): boolean =>
    isVisible(finding, severity) && (each.safety === 'safe' || fix === 'unsafe') && (examiner.mayChangeOthers || !changesOthers(each));
  const report = (final: string, findings: readonly Finding[], rest: Partial<Pick<FileReport, 'fixed' | 'changed' | 'unfaithful'>> = {}): FileReport =>
    ({ ...reportOn(shown, final, findings, { severity }), ...rest });
  try {
    session.update(uri, kind, text);
    const findings = settle(await lintInSlices(session, uri, breathe));
    const fixable = fix !== 'none' && findings.some((finding) => finding.fixes.some((each) => wanted(finding, each)));
    if (!fixable) return report(text, findings);
    const scratch = session.scratch();
    const lint = (other: string): readonly Finding[] => {
      scratch.update(uri, kind, other);
      return settle(scratch.lint(uri));
    };
    const result = fixAll(text, lint, wanted);
    if (!input.faithful) return report(text, findings, { unfaithful: result.text !== text });
    return report(result.text, result.remaining, { fixed: result.applied, changed: others.changed(result.elsewhere, cwd) });
  } finally {
    session.close(uri);
  }
}

function changesOthers({ outcome }: Fix): boolean {
  const known = outcome();
  return known.kind === 'edits' && known.edits.some(({ uri }) => uri !== undefined);
}

async function lintInSlices(session: Session, uri: string, breathe: Io['breathe']): Promise<readonly Finding[]> {
  const slices = session.lintSlices(uri);
  for (;;) {
    const step = slices.next();
    const pause = breathe();
    if (pause !== undefined) await pause;
    if (step.done === true) return step.value;
  }
}
