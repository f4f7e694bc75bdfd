import { applyEdits, type Span, touches } from '../text/span.ts';
import type { DocumentEdit, Finding, Fix } from './finding.ts';
import type { Message } from './message.ts';

/** Which fix of a finding is wanted. Asked best first; the first wanted one is taken. */
export type Wanted = (finding: Finding, fix: Fix) => boolean;

export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface RefusedFix extends AppliedFix {
  readonly reason: Message;
}

/** One pass over one text: fixes whose edits do not touch, and what was refused. */
export interface FixPass {
  readonly edits: readonly DocumentEdit[];
  readonly applied: readonly AppliedFix[];
  readonly refusals: readonly RefusedFix[];
}

/** Passes after which fixing stops even if something would still change, as in other linters. */
export const maximumPasses = 10;

/**
 * Takes, in document order, the first wanted fix of each finding unless the stretch from its first edit to its last
 * touches that of a fix already taken: such a fix waits for the next pass, because it was made for a text that this pass
 * changes between its own edits (a package installed in what is no longer the last stage).
 * All edits of a fix go together or not at all, those of other documents with them: a fix whose changes of other files are
 * not made (`settled`) is passed over.
 */
export function choosePass(findings: readonly Finding[], wanted: Wanted): FixPass {
  return atOnce(choosePassSlices(findings, wanted));
}

/** {@link choosePass} with a pause after each fix that was asked: what one comes to may take a look at the whole document. */
export function* choosePassSlices(findings: readonly Finding[], wanted: Wanted): Generator<void, FixPass> {
  const taken: DocumentEdit[] = [];
  const claimed: Stretch[] = [];
  const applied: AppliedFix[] = [];
  const refusals: RefusedFix[] = [];
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      if (!wanted(finding, fix)) continue;
      const outcome = fix.outcome();
      yield;
      if (outcome.kind === 'refused') {
        refusals.push({ finding, fix, reason: outcome.reason });
        continue;
      }
      if (outcome.elsewhere !== undefined) continue;
      const stretches = stretchesOf(outcome.edits);
      const clash = stretches.some((own) => claimed.some((other) => own.uri === other.uri && touches(own.span, other.span)));
      if (!clash && outcome.edits.length > 0) {
        taken.push(...outcome.edits);
        claimed.push(...stretches);
        applied.push({ finding, fix });
      }
      break;
    }
  }
  return { edits: taken, applied, refusals };
}

interface Stretch {
  readonly uri: string | undefined;
  readonly span: Span;
}

/** Of each document that the edits change, the part from the first to the last of them. */
function stretchesOf(edits: readonly DocumentEdit[]): readonly Stretch[] {
  return [...new Set(edits.map(({ uri }) => uri))].map((uri) => {
    const spans = edits.filter((edit) => edit.uri === uri).map(({ span }) => span);
    const start = Math.min(...spans.map((span) => span.start));
    return { uri, span: { start, end: Math.max(...spans.map((span) => span.end)) } };
  });
}

export interface FixResult {
  readonly text: string;
  /** The fixes' own edits where one pass was enough; undefined where the text came about in several. */
  readonly edits: readonly DocumentEdit[] | undefined;
  /** What the fixes change in other documents, each with its `uri`, in offsets of those documents' texts. */
  readonly elsewhere: readonly DocumentEdit[];
  readonly applied: readonly AppliedFix[];
  /** What the text as fixed still has. */
  readonly remaining: readonly Finding[];
  /** Refusals of the last pass: those that still stand. */
  readonly refusals: readonly RefusedFix[];
}

/**
 * Fixes one text until nothing wanted changes it any more, {@link maximumPasses} passes at the most.
 * Stops when a text comes back that was there before, so that two rules can never play ping-pong. Other documents are
 * changed in the first pass only: later ones would count in texts that are no longer theirs.
 */
export function fixAll(text: string, lint: (text: string) => readonly Finding[], wanted: Wanted): FixResult {
  return atOnce(fixAllSlices(text, function* (other) { return lint(other); }, wanted));
}

/** {@link fixAll} with pauses, so that a host can breathe, or stop asking. */
export function* fixAllSlices(text: string, lint: (text: string) => Generator<void, readonly Finding[]>, wanted: Wanted): Generator<void, FixResult> {
  const seen = new Set([text]);
  const applied: AppliedFix[] = [];
  let edits: readonly DocumentEdit[] | undefined = [];
  let elsewhere: readonly DocumentEdit[] = [];
  let current = text;
  for (let pass = 0; ; pass += 1) {
    const findings = yield* lint(current);
    const chosen = yield* choosePassSlices(pass === 0 ? findings : findings.filter((finding) => !leadsElsewhere(finding, wanted)), wanted);
    const own = chosen.edits.filter((edit) => edit.uri === undefined);
    const next = own.length === 0 ? current : applyEdits(current, own);
    if (pass === 0) elsewhere = chosen.edits.filter((edit) => edit.uri !== undefined);
    const isDone = seen.has(next) || pass === maximumPasses;
    if (!isDone || (pass === 0 && elsewhere.length > 0)) applied.push(...chosen.applied);
    if (isDone) return { text: current, edits, elsewhere, applied, remaining: findings, refusals: chosen.refusals };
    seen.add(next);
    edits = pass === 0 ? own : undefined;
    current = next;
  }
}

/** Is the fix that would be taken one that changes other documents? */
function leadsElsewhere(finding: Finding, wanted: Wanted): boolean {
  for (const fix of finding.fixes) {
    const outcome = wanted(finding, fix) ? fix.outcome() : undefined;
    if (outcome?.kind === 'edits') return outcome.edits.some(({ uri }) => uri !== undefined);
  }
  return false;
}

/** Runs work that has pauses to its end without any. */
function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
