import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** What the server answers to `podwright/patterns`. */
interface PatternList {
  readonly workload?: string;
  readonly reason?: string;
  readonly scenarios: readonly OfferedScenario[];
}

interface OfferedScenario {
  readonly pattern: string;
  readonly group: string;
  readonly scenario: string;
  readonly title: string;
  readonly summary: string;
  readonly notWhen: string;
  readonly reason?: string;
  readonly note?: string;
  readonly backends: readonly Backend[];
}

interface Backend {
  readonly id: string;
  readonly container: string;
  readonly name?: string;
  readonly before: string;
  readonly after: string;
}

/** A choice that is made already, as by another extension or a test: nothing is asked then. */
interface Chosen {
  readonly pattern: string;
  readonly scenario: string;
  readonly backends?: readonly string[];
}

/**
 * Asks which pattern to add to the workload at a place, and which settings of the app shall name the helper, and adds it.
 * @param uri of the document as the server knows it; that of the active editor where it is missing, and its cursor
 * @returns true once the edit is made
 */
export async function addPattern(client: LanguageClient, uri?: string, position?: vscode.Position, chosen?: Chosen): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  const document = uri ?? (editor === undefined ? undefined : client.code2ProtocolConverter.asUri(editor.document.uri));
  const at = position ?? editor?.selection.active;
  if (document === undefined || at === undefined || !client.isRunning()) return false;
  const place = { textDocument: { uri: document }, position: { line: at.line, character: at.character } };
  const list = await client.sendRequest<PatternList>('podwright/patterns', place);
  const scenario = chosen === undefined ? await pickScenario(list) : list.scenarios.find((one) => one.pattern === chosen.pattern && one.scenario === chosen.scenario);
  if (scenario === undefined) return false;
  const backends = chosen === undefined ? await pickBackends(scenario) : chosen.backends;
  if (backends === undefined && chosen === undefined) return false;
  const params = { ...place, pattern: scenario.pattern, scenario: scenario.scenario, ...(backends === undefined ? {} : { backends }) };
  const { edit, reason } = await client.sendRequest<{ readonly edit?: object; readonly reason?: string }>('podwright/addPattern', params);
  if (edit === undefined) {
    void vscode.window.showWarningMessage(reason ?? vscode.l10n.t('The pattern could not be added.'));
    return false;
  }
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  return vscode.workspace.applyEdit(converted);
}

type ScenarioItem = vscode.QuickPickItem & { readonly scenario?: OfferedScenario };

/** Pattern by pattern; those that do not fit stand at the end, with the reason. */
async function pickScenario({ workload, reason, scenarios }: PatternList): Promise<OfferedScenario | undefined> {
  if (scenarios.length === 0) {
    void vscode.window.showInformationMessage(reason ?? vscode.l10n.t('There is no workload here that a pattern could be added to.'));
    return undefined;
  }
  const groups = [...new Set(scenarios.map(({ group }) => group))];
  const fitting = groups.flatMap((group): ScenarioItem[] => {
    const items = scenarios.filter((one) => one.group === group && one.reason === undefined).map(itemOf);
    return items.length === 0 ? [] : [separator(group), ...items];
  });
  const others = scenarios.filter((one) => one.reason !== undefined).map(itemOf);
  const items = [...fitting, ...(others.length === 0 ? [] : [separator(vscode.l10n.t('Not possible here')), ...others])];
  const title = vscode.l10n.t('Add a Multi-Container Pattern to {0}', workload ?? '');
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDetail: true, matchOnDescription: true });
  if (picked?.scenario?.reason === undefined) return picked?.scenario;
  void vscode.window.showWarningMessage(picked.scenario.reason);
  return undefined;
}

function itemOf(scenario: OfferedScenario): ScenarioItem {
  const { title, summary, note, notWhen, reason } = scenario;
  return { label: title, description: reason ?? note ?? summary, detail: notWhen, scenario };
}

function separator(label: string): ScenarioItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** The settings that shall name the helper; undefined where the person gave up. */
async function pickBackends({ backends }: OfferedScenario): Promise<readonly string[] | undefined> {
  if (backends.length === 0) return [];
  const items = backends.map(({ id, container, name, before, after }) => ({ id, label: name ?? before, description: container, detail: `${before} → ${after}`, picked: true }));
  const title = vscode.l10n.t('Which Settings Shall Point at the Helper?');
  return (await vscode.window.showQuickPick(items, { title, canPickMany: true }))?.map(({ id }) => id);
}
