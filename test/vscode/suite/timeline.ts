import { ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { closeAll, show, whenFindings, whenSo } from './editor.ts';
import { deployment } from './manifests.ts';

const { tabGroups } = vscode.window;

function panelTab(): vscode.Tab | undefined {
  return tabGroups.all.flatMap(({ tabs }) => tabs).find(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('podwright.timeline'));
}

async function whenTitled(title: string): Promise<void> {
  await whenSo(tabGroups.onDidChangeTabs, `a panel "${title}"`, () => panelTab()?.label === title);
}

suite('timeline', () => {
  teardown(async () => {
    const tab = panelTab();
    if (tab !== undefined) await tabGroups.close(tab);
    await closeAll();
  });

  test('opens beside the editor, follows the cursor and what is typed', async () => {
    const content = `${deployment('first')}---\n${deployment('second')}`;
    const document = await show({ language: 'yaml', content });
    await whenFindings(document, 'findings', (all) => all.length > 0);
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    strictEqual(await vscode.commands.executeCommand('podwright.showTimeline'), 'Deployment/first');
    strictEqual(panelTab()?.label, 'Timeline: Deployment/first');
    strictEqual(panelTab()?.group.viewColumn, vscode.ViewColumn.Two);
    strictEqual(vscode.window.activeTextEditor?.document, document, 'the editor keeps the focus');

    const at = document.positionAt(content.lastIndexOf('image:'));
    editor.selection = new vscode.Selection(at, at);
    await whenTitled('Timeline: Deployment/second');

    const typing = new vscode.WorkspaceEdit();
    const whole = document.getText();
    typing.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(whole.length)), whole.replaceAll('second', 'third'));
    await vscode.workspace.applyEdit(typing);
    await whenTitled('Timeline: Deployment/third');
  });

  test('is opened by the line above a workload, which says how its Pods start', async () => {
    const document = await show({ language: 'yaml', content: deployment('lens') });
    await whenFindings(document, 'findings', (all) => all.length > 0);
    const [lens] = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
    ok(lens?.command?.title.startsWith('▶ ') === true, lens?.command?.title);
    const given: readonly unknown[] = lens.command.arguments ?? [];
    strictEqual(await vscode.commands.executeCommand(lens.command.command, ...given), 'Deployment/lens');
    strictEqual(panelTab()?.label, 'Timeline: Deployment/lens');
  });

  test('says so where there is no workload, and the lines can be switched off', async () => {
    await show({ language: 'yaml', content: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n' });
    strictEqual(await vscode.commands.executeCommand('podwright.showTimeline'), undefined);
    strictEqual(panelTab()?.label, 'Pod Timeline');

    const other = await show({ language: 'yaml', content: deployment('off') });
    await whenFindings(other, 'findings', (all) => all.length > 0);
    const settings = vscode.workspace.getConfiguration('podwright.timeline');
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      strictEqual((await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', other.uri)).length, 0);
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
