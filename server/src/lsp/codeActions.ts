import { CodeActionKind, CodeActionTriggerKind, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken, CodeAction, CodeActionParams, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, Fix } from '../engine/core/finding.ts';
import { render } from '../engine/core/message.ts';
import { touches } from '../engine/text/span.ts';
import type { Span } from '../engine/text/span.ts';
import { buildContext } from '../engine/workspace/build-context.ts';
import type { Source } from '../patterns/scenario.ts';
import type { Context } from './context.ts';
import { toSpan } from './convert.ts';
import { toDiagnostic } from './diagnostics.ts';
import { check } from './findings.ts';
import type { Checked } from './findings.ts';
import { canFix, fixAllEdits, outcomesOf, wantedBy } from './fixAll.ts';
import type { Scope } from './fixAll.ts';
import { othersIn, readOthers, settledNow } from './others.ts';
import { addPattern, askedPattern, patternActions, patternKind } from './patterns.ts';
import { pace, run } from './pace.ts';
import type { Pace } from './pace.ts';
import type { Refactoring } from './refactorings.ts';
import { silences } from './silence.ts';
import type { Marked } from './silence.ts';
import { compose, texts } from './texts.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** Repairs everything that needs no thought; what `editor.codeActionsOnSave` names. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.podwright`;

/** Findings of one request that get actions; a selection of a whole generated file is no question about each of them. */
const mostFindings = 100;

/** Answers `textDocument/codeAction` from the current text: what the client thinks it knows is not needed. */
export async function codeActions(
  context: Context,
  refactorings: readonly Refactoring[],
  patterns: readonly Source[],
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  if (!context.abilities().actionLiterals) return [];
  const checked = await check(context, params.textDocument.uri, token);
  if (checked === undefined) return [];
  const { only, triggerKind } = params.context;
  const automatic = triggerKind === CodeActionTriggerKind.Automatic;
  const span = toSpan(checked.source, params.range, context.abilities().encoding);
  const actions: CodeAction[] = [];
  if (requested(CodeActionKind.QuickFix, only)) actions.push(...(await quickFixes(context, checked, span, params, automatic)));
  for (const refactoring of refactorings) {
    if (requested(refactoring.kind, only)) actions.push(...refactored(context, checked, span, refactoring, automatic));
  }
  if (isPatternWanted(only)) actions.push(...patternActions(context, patterns, checked, params.range.start, automatic).filter(({ kind }) => requested(kind ?? '', only)));
  // Unasked-for source actions would cost something at every move of the cursor and be shown by no one.
  const wanted = only !== undefined || !automatic;
  if (wanted && requested(fixAllKind, only)) actions.push(...(await fixAllSafe(context, checked)));
  return (await checked.pace.next()) ? actions : [];
}

/** Fills in the edit of an action that was sent without, on the text as it is now: one that changes on the way is taken anew. */
export async function resolve(context: Context, patterns: readonly Source[], action: CodeAction, token: CancellationToken): Promise<CodeAction> {
  const pattern = askedPattern(action.data);
  if (pattern !== undefined && action.edit === undefined) {
    const { edit, reason } = await addPattern(context, patterns, pattern, token);
    if (reason !== undefined) context.connection.window.showWarningMessage(reason);
    return edit === undefined ? action : { ...action, edit };
  }
  const asked = readData(action.data);
  if (asked === undefined || action.edit !== undefined) return action;
  const { uri, scope } = asked;
  for (;;) {
    const generation = context.documents.get(uri)?.generation;
    const hasChanged = (): boolean => context.documents.get(uri)?.generation !== generation;
    const edit = await editOf(context, uri, scope, pace(() => token.isCancellationRequested || hasChanged()));
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    if (!hasChanged()) return edit === undefined ? action : { ...action, edit };
  }
}

/** Kinds are a hierarchy: `source` asks for `source.fixAll.podwright` too. No list asks for everything. */
export function requested(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`));
}

/** Could any of the actions be of a kind that is asked for? */
function isPatternWanted(only: readonly string[] | undefined): boolean {
  return requested(patternKind, only) || only?.some((kind) => kind.startsWith(`${patternKind}.`)) === true;
}

async function quickFixes(
  context: Context,
  checked: Checked,
  span: Span,
  params: CodeActionParams,
  automatic: boolean,
): Promise<CodeAction[]> {
  const uri = params.textDocument.uri;
  const abilities = context.abilities();
  const actions: CodeAction[] = [];
  const kinds = new Map<string, { readonly finding: Finding; readonly fix: Fix; readonly diagnostics: Diagnostic[] }>();
  const marked = checked.findings
    .filter((one) => touches(one.span, span))
    .slice(0, mostFindings)
    .map((finding): Marked => ({ finding, diagnostic: sent(params.context.diagnostics, toDiagnostic(finding, checked.source, uri, abilities)) }));
  for (const { finding, diagnostic } of marked) {
    if (finding.fixes.length === 0) continue;
    const diagnostics = [diagnostic];
    let best = true;
    for (const fix of finding.fixes) {
      const base = { title: render(fix.title, abilities.locale), kind: CodeActionKind.QuickFix, diagnostics };
      const { outcome, others } = await settledNow(context, fix.outcome());
      if (!(await checked.pace.next())) return [];
      if (outcome.kind === 'refused') {
        // Clients leave disabled actions out of the light bulb that comes by itself.
        if (abilities.disabled && !automatic) {
          actions.push({ ...base, disabled: { reason: render(outcome.reason, abilities.locale) } });
        }
        continue;
      }
      const edit = toWorkspaceEdit(context, uri, outcome.edits, others);
      if (edit === undefined) continue;
      actions.push({ ...base, ...(best && abilities.preferred ? { isPreferred: true } : {}), edit });
      best = false;
      const kind = `${finding.rule} ${fix.key}`;
      if (!kinds.has(kind)) kinds.set(kind, { finding, fix, diagnostics });
    }
  }
  for (const kind of kinds.values()) actions.push(...(await fixAllOfKind(context, checked, kind)));
  return [...actions, ...(await silences(context, checked, marked))];
}

/** "Fix all like this", where there is more than one. */
async function fixAllOfKind(
  context: Context,
  { document, findings, pace: steps }: Checked,
  { finding, fix, diagnostics }: { readonly finding: Finding; readonly fix: Fix; readonly diagnostics: Diagnostic[] },
): Promise<CodeAction[]> {
  const scope: Scope = { of: 'kind', rule: finding.rule, key: fix.key };
  const wanted = wantedBy(scope);
  if ((await run(canFix(findings, wanted, 2), steps)) !== true) return [];
  const { locale } = context.abilities();
  const title = render(fix.title, locale);
  const same = findings.every((other) => {
    const first = other.fixes.find((candidate) => wanted(other, candidate));
    return first === undefined || render(first.title, locale) === title;
  });
  const name = compose(same ? texts.fixAllSame : texts.fixAllLike, locale, { title });
  return completed(context, document.uri, scope, { title: name, kind: CodeActionKind.QuickFix, diagnostics }, steps);
}

async function fixAllSafe(context: Context, { document, findings, pace: steps }: Checked): Promise<CodeAction[]> {
  const scope: Scope = { of: 'safe' };
  if ((await run(canFix(findings, wantedBy(scope), 1), steps)) !== true) return [];
  const title = texts.fixAllSafe[context.abilities().locale];
  return completed(context, document.uri, scope, { title, kind: fixAllKind }, steps);
}

/** With its edit, or, where the client can ask again, without: most of these are offered and never chosen. */
async function completed(context: Context, uri: string, scope: Scope, action: CodeAction, steps: Pace): Promise<CodeAction[]> {
  if (context.abilities().resolveEdit) return [{ ...action, data: { uri, ...scope } }];
  const edit = await editOf(context, uri, scope, steps);
  return edit === undefined ? [] : [{ ...action, edit }];
}

async function editOf(context: Context, uri: string, scope: Scope, steps: Pace): Promise<WorkspaceEdit | undefined> {
  const findings = (await run(context.session.lintSlices(uri), steps)) ?? [];
  const others = await readOthers(context, (await run(outcomesOf(findings, wantedBy(scope)), steps)) ?? []);
  const edits = (await run(fixAllEdits(context, uri, scope, othersIn(others)), steps)) ?? [];
  return edits.length === 0 ? undefined : toWorkspaceEdit(context, uri, edits, others);
}

function refactored(context: Context, { document, source }: Checked, span: Span, refactoring: Refactoring, automatic: boolean): CodeAction[] {
  if (document.kind === undefined) return [];
  const { locale, disabled } = context.abilities();
  const around = { path: document.uri, get build() { return buildContext(context.session.index, document.uri); } };
  return [...refactoring.at(document.kind, source, span, around)].flatMap(({ title, edits, refused }): CodeAction[] => {
    const base = { title: render(title, locale), kind: refactoring.kind };
    if (refused !== undefined) return disabled && !automatic ? [{ ...base, disabled: { reason: render(refused, locale) } }] : [];
    const edit = toWorkspaceEdit(context, document.uri, edits);
    return edit === undefined ? [] : [{ ...base, edit }];
  });
}

/** The client's own copy of a diagnostic where it sent one, so that it knows which of its marks is meant. */
function sent(diagnostics: readonly Diagnostic[], ours: Diagnostic): Diagnostic {
  const { start, end } = ours.range;
  const same = diagnostics.find(
    ({ code, range }) =>
      code === ours.code &&
      range.start.line === start.line &&
      range.start.character === start.character &&
      range.end.line === end.line &&
      range.end.character === end.character,
  );
  return same ?? ours;
}

/** What {@link completed} put into an action; it has been to the client and back, so nothing is taken for granted. */
function readData(data: unknown): { readonly uri: string; readonly scope: Scope } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { uri, of, rule, key } = data as Readonly<Record<string, unknown>>;
  if (typeof uri !== 'string') return undefined;
  if (of === 'safe') return { uri, scope: { of } };
  return of === 'kind' && typeof rule === 'string' && typeof key === 'string' ? { uri, scope: { of, rule, key } } : undefined;
}
