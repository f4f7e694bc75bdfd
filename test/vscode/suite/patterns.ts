import { ok, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { actionsAt, closeAll, show, whenFindings } from './editor.ts';
import { deployment } from './manifests.ts';

const title = 'Add a multi-container pattern…';

suite('patterns', () => {
  teardown(closeAll);

  test('a pattern is added in one edit, and one undo takes it back', async () => {
    const before = deployment('patterned');
    const document = await show({ language: 'yaml', content: before });
    const found = await whenFindings(document, 'a finding', (all) => all.length > 0);
    const at = document.positionAt(before.indexOf('containers:') + 1);
    const action = (await actionsAt(document, new vscode.Range(at, at))).find((each) => each.title === title);
    const command = action?.command;
    strictEqual(command?.command, 'podwright.addPattern');
    const given: readonly unknown[] = command.arguments ?? [];

    strictEqual(await vscode.commands.executeCommand('podwright.addPattern', ...given, { pattern: 'sidecar', scenario: 'log-shipping' }), true);
    const after = document.getText();
    ok(after.includes('- name: fluent-bit'), after);
    ok(after.includes('kind: ConfigMap'), after);
    const findings = await whenFindings(document, 'findings', (all) => all.length > 0);
    strictEqual(findings.map(({ message }) => message).join(), found.map(({ message }) => message).join());

    await vscode.commands.executeCommand('undo');
    strictEqual(document.getText(), before);
  });

  test('the command palette adds to the workload at the cursor, and tells that nothing was added elsewhere', async () => {
    const content = `${deployment('first')}---\n${deployment('second')}`;
    const document = await show({ language: 'yaml', content });
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    const at = document.positionAt(content.lastIndexOf('image:'));
    editor.selection = new vscode.Selection(at, at);
    strictEqual(await vscode.commands.executeCommand('podwright.addPattern', undefined, undefined, { pattern: 'sidecar', scenario: 'nginx' }), true);
    ok(document.getText().startsWith(deployment('first')), 'the first stays as it was');
    ok(document.getText().includes('second-nginx'), document.getText());
    await show({ language: 'yaml', content: 'apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\n' });
    strictEqual(await vscode.commands.executeCommand('podwright.addPattern', undefined, undefined, { pattern: 'sidecar', scenario: 'nginx' }), false);
  });
});
