import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { configNames } from '../engine/core/config-keys.ts';
import { ownRules } from '../engine/core/config.ts';
import type { Finding } from '../engine/core/finding.ts';
import { message, render } from '../engine/core/message.ts';
import type { Text } from '../engine/core/message.ts';
import { ignoreTexts } from '../engine/core/write-ignore.ts';
import { ignoreFinding } from '../engine/silence.ts';
import type { IgnoreScope } from '../engine/silence.ts';
import { SourceText } from '../engine/text/source.ts';
import { fileKey, fileUri, nameOf, pathFrom } from '../engine/workspace/paths.ts';
import { switchOff } from '../engine/workspace/switch-off.ts';
import type { Context } from './context.ts';
import { toRange } from './convert.ts';
import type { Checked } from './findings.ts';
import { readOther } from './others.ts';
import { toWorkspaceEdit } from './workspaceEdit.ts';

/** A finding with the client's mark for it. */
export interface Marked {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/**
 * What a person may do about findings beside repairing them: *Ignore here*, *Ignore in this file* where it has more of
 * the kind, *Switch this rule off*. They come after all repairs; what cannot be done is left out.
 */
export async function silences(context: Context, checked: Checked, marked: readonly Marked[]): Promise<readonly CodeAction[]> {
  const { document } = checked;
  if (configNames.some((name) => name === nameOf(fileKey(document.uri)))) return [];
  const known = new Set([...context.rules.kubernetes, ...context.rules.dockerfile].map(({ meta }) => meta.id));
  const own = new Set(ownRules.map(({ id }) => id));
  const here: CodeAction[] = [];
  const inFile: CodeAction[] = [];
  const off: CodeAction[] = [];
  const places = new Set<string>();
  for (const [rule, found] of byRule(marked)) {
    if (!known.has(rule) && !own.has(rule)) continue;
    const diagnostics = found.map(({ diagnostic }) => diagnostic);
    for (const { finding, diagnostic } of known.has(rule) ? found : []) {
      const action = ignored(context, checked, finding, 'here', [diagnostic]);
      // One comment is for several findings where they stand in the same entry.
      const place = JSON.stringify(action?.edit);
      if (action !== undefined && !places.has(place)) here.push(action);
      places.add(place);
      if (!(await checked.pace.next())) return [];
    }
    const [first] = found;
    const isMany = checked.findings.filter((finding) => finding.rule === rule).length > 1;
    if (first !== undefined && isMany && known.has(rule)) add(inFile, ignored(context, checked, first.finding, 'file', diagnostics));
    add(off, await switchedOff(context, document.uri, rule, diagnostics));
  }
  return [...here, ...inFile, ...off];
}

function add(actions: CodeAction[], action: CodeAction | undefined): void {
  if (action !== undefined) actions.push(action);
}

function byRule(marked: readonly Marked[]): ReadonlyMap<string, readonly Marked[]> {
  const rules = new Map<string, Marked[]>();
  for (const each of marked) rules.set(each.finding.rule, [...(rules.get(each.finding.rule) ?? []), each]);
  return rules;
}

function ignored(context: Context, { document, source }: Checked, finding: Finding, scope: IgnoreScope, diagnostics: Diagnostic[]): CodeAction | undefined {
  if (document.kind === undefined) return undefined;
  const outcome = ignoreFinding(document.kind, source.text, finding, scope);
  if (outcome.kind === 'refused' || outcome.edits.length === 0) return undefined;
  const edit = toWorkspaceEdit(context, document.uri, outcome.edits);
  const text = scope === 'here' ? ignoreTexts.here : ignoreTexts.inFile;
  return edit && actionOf(context, text, { rule: finding.rule }, diagnostics, edit);
}

/** In the configuration that counts for the document; else in a new one at the top of its folder, where files can be made. */
async function switchedOff(context: Context, uri: string, rule: string, diagnostics: Diagnostic[]): Promise<CodeAction | undefined> {
  const { files, session } = context;
  const { file } = session.index.configOf(uri);
  const folder = files.folderOf(uri) ?? uri.slice(0, uri.lastIndexOf('/'));
  if (file === undefined) {
    const target = `${folder.replace(/\/$/, '')}/${configNames[0]}`;
    const edit = created(context, target, rule);
    return edit && actionOf(context, ignoreTexts.switchOff, { rule, file: configNames[0] }, diagnostics, edit);
  }
  const target = fileUri(file);
  const other = await readOther(context, target);
  const outcome = other.file.kind === 'text' ? switchOff(other.file.text, rule) : undefined;
  if (outcome?.kind !== 'edits') return undefined;
  const edits = outcome.edits.map((each) => ({ ...each, uri: target }));
  const edit = toWorkspaceEdit(context, uri, edits, new Map([[target, other]]));
  return edit && actionOf(context, ignoreTexts.switchOff, { rule, file: pathFrom(fileKey(folder), file) ?? file }, diagnostics, edit);
}

/** A new configuration that switches one rule off. Only beside files: what has no place has no folder to make it in. */
function created({ abilities }: Context, target: string, rule: string): WorkspaceEdit | undefined {
  const outcome = switchOff('', rule);
  if (!abilities().createFiles || !/^[a-z][a-z0-9+.-]*:\/\//i.test(target) || outcome.kind === 'refused') return undefined;
  const empty = new SourceText('');
  const edits = outcome.edits.map(({ span, newText }): TextEdit => ({ range: toRange(empty, span, abilities().encoding), newText }));
  return {
    documentChanges: [
      { kind: 'create', uri: target, options: { ignoreIfExists: true } },
      { textDocument: { uri: target, version: null }, edits },
    ],
  };
}

function actionOf({ abilities }: Context, text: Text, values: Readonly<Record<string, string>>, diagnostics: Diagnostic[], edit: WorkspaceEdit): CodeAction {
  return { title: render(message(text, values), abilities().locale), kind: CodeActionKind.QuickFix, diagnostics, edit };
}
