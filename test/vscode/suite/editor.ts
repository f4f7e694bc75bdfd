import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** What the tests do in VS Code, said once. Nothing sleeps: everything waits for an event and has a deadline. */

const patience = 20_000;

export const extensionId = 'podwright.podwright';

export function workspaceFile(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The tests need a folder that is open.');
  return vscode.Uri.joinPath(folder.uri, ...path.split('/'));
}

/** What a file should read after a repair: test/vscode/expected/, copied beside the bundle. */
export function expected(name: string): string {
  return readFileSync(join(__dirname, 'expected', name), 'utf8');
}

export async function show(where: vscode.Uri | { readonly language: string; readonly content: string }): Promise<vscode.TextDocument> {
  const document =
    where instanceof vscode.Uri ? await vscode.workspace.openTextDocument(where) : await vscode.workspace.openTextDocument(where);
  // A tab to stay: one for a preview gives way to the next, and what has no tab has no diagnostics.
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'podwright');
}

export function ruleOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === 'object' ? code.value : code);
}

/** Waits until a document's findings are as wanted, and returns them. */
export async function whenFindings(
  document: vscode.TextDocument,
  what: string,
  wanted: (list: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  if (wanted(findings(document))) return findings(document);
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      listener.dispose();
      const seen = findings(document).map((one) => `${ruleOf(one)}: ${one.message}`);
      reject(new Error(`Waited in vain for ${what} in ${document.uri.toString()}. It has: ${seen.join(' | ') || 'nothing'}`));
    }, patience);
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      const list = findings(document);
      if (!wanted(list)) return;
      clearTimeout(deadline);
      listener.dispose();
      resolve(list);
    });
  });
}

export async function findingOf(document: vscode.TextDocument, rule: string): Promise<vscode.Diagnostic> {
  const list = await whenFindings(document, rule, (all) => all.some((one) => ruleOf(one) === rule));
  const found = list.find((one) => ruleOf(one) === rule);
  if (found === undefined) throw new Error(`${rule} went away.`);
  return found;
}

export async function actionsAt(
  document: vscode.TextDocument,
  range: vscode.Range,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  // The count makes VS Code resolve that many actions, as it does for those it shows.
  return vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range, kind?.value, 50);
}

/** The action with this title, or whose title matches; fails with the titles that are there. */
export async function actionTitled(
  document: vscode.TextDocument,
  range: vscode.Range,
  title: string | RegExp,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction> {
  const actions = await actionsAt(document, range, kind);
  const found = actions.find((action) => (typeof title === 'string' ? action.title === title : title.test(action.title)));
  if (found === undefined) throw new Error(`No ${String(title)} among: ${actions.map((action) => action.title).join(' | ')}`);
  return found;
}

/** Applies an action as the light bulb does. */
export async function apply(action: vscode.CodeAction): Promise<void> {
  if (action.edit !== undefined && !(await vscode.workspace.applyEdit(action.edit))) throw new Error(`"${action.title}" was not applied.`);
  if (action.command !== undefined) {
    const { command, arguments: given = [] } = action.command as { command: string; arguments?: unknown[] };
    await vscode.commands.executeCommand(command, ...given);
  }
  if (action.edit === undefined && action.command === undefined) throw new Error(`"${action.title}" does nothing.`);
}

/** Waits until something is so that VS Code tells of by an event. */
export async function whenSo(event: vscode.Event<unknown>, what: string, isSo: () => boolean): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve, reject) => {
    const deadline = setTimeout(() => {
      listener.dispose();
      reject(new Error(`Waited in vain for ${what}.`));
    }, patience);
    const listener = event(() => {
      if (!isSo()) return;
      clearTimeout(deadline);
      listener.dispose();
      resolve();
    });
  });
}

/** Throws unsaved changes away, so that every test begins with the files as they are. A view of output that has the focus is put away. */
export async function closeAll(): Promise<void> {
  const shown = (): vscode.TextDocument | undefined => vscode.window.activeTextEditor?.document;
  for (let document = shown(); document !== undefined; document = shown()) {
    const isOutput = document.uri.scheme === 'output';
    await vscode.commands.executeCommand(isOutput ? 'workbench.action.closePanel' : 'workbench.action.revertAndCloseActiveEditor');
    // Extensions hear of a closed view some time after the command has ended.
    await whenSo(vscode.window.onDidChangeActiveTextEditor, `${document.uri.toString()} to close`, () => shown() !== document);
  }
}
