import { strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { actionsAt, actionTitled, apply, closeAll, expected, findingOf, ruleOf, show, whenFindings, workspaceFile } from './editor.ts';
import { probedInits, service } from './manifests.ts';

/** The examples a newcomer opens: what each shows, and what its first action makes of it. */
const repairs = [
  { file: 'deployment.yaml', rule: 'kubernetes/no-readiness-probe', severity: vscode.DiagnosticSeverity.Warning, title: /^Add readinessProbe/ },
  { file: 'init-probe.yaml', rule: 'kubernetes/init-container-probe', severity: vscode.DiagnosticSeverity.Error, title: /^Remove/ },
  { file: 'go/Dockerfile', rule: 'dockerfile/single-stage-build', severity: vscode.DiagnosticSeverity.Warning, title: /^Convert to multi-stage build/ },
  { file: 'node/Dockerfile', rule: 'dockerfile/no-init-process', severity: vscode.DiagnosticSeverity.Warning, title: /^Run under dumb-init/ },
] as const;

suite('rules', () => {
  teardown(closeAll);

  for (const { file, rule, severity, title } of repairs) {
    test(`${rule} shows on examples/${file}, and its first action repairs the file`, async () => {
      const document = await show(workspaceFile(file));
      const finding = await findingOf(document, rule);
      strictEqual(finding.severity, severity);
      strictEqual(typeof finding.code === 'object' && finding.code.target.toString().includes(rule), true, 'the code links to the rule page');

      const first = await actionTitled(document, finding.range, title, vscode.CodeActionKind.QuickFix);
      strictEqual(first.isPreferred, true, 'Enter takes this one');
      await apply(first);

      strictEqual(document.getText(), expected(file));
      await whenFindings(document, `no ${rule}`, (list) => list.every((one) => ruleOf(one) !== rule));
      strictEqual(document.isDirty, true);
      await vscode.commands.executeCommand('undo');
      await findingOf(document, rule);
    });
  }

  test('every example shows exactly one finding at first', async () => {
    for (const { file, rule } of repairs) {
      const document = await show(workspaceFile(file));
      const list = await whenFindings(document, 'a finding', (all) => all.length > 0);
      strictEqual(list.map(ruleOf).join(), rule, file);
    }
  });

  test('a repair that cannot be right is not offered, and the finding says why', async () => {
    const document = await show({ language: 'yaml', content: anchored });
    const finding = await findingOf(document, 'kubernetes/no-readiness-probe');
    const offered = await actionsAt(document, finding.range, vscode.CodeActionKind.QuickFix);
    // No repair: what is left is to silence the finding. Switching a rule off needs a folder to write the configuration in.
    const repairs = offered.map((action) => action.title).filter((title) => !/^(?:Ignore|Switch) /.test(title));
    strictEqual(repairs.join(), '');
    // VS Code greys refused repairs out only where a person asks for a kind of them, so the reason is here as well.
    const reasons = (finding.relatedInformation ?? []).map(({ message }) => message);
    strictEqual(reasons.some((reason) => reason.includes('anchor')), true, reasons.join(' | '));
  });

  test('typing a readiness probe takes the warning away, and deleting it brings it back', async () => {
    const document = await show(workspaceFile('deployment.yaml'));
    await findingOf(document, 'kubernetes/no-readiness-probe');
    const line = document.getText().split('\n').findIndex((text) => text.includes('resources:'));
    const typed = '          readinessProbe:\n            tcpSocket:\n              port: http\n';
    const insertion = new vscode.WorkspaceEdit();
    insertion.insert(document.uri, new vscode.Position(line, 0), typed);
    await vscode.workspace.applyEdit(insertion);
    await whenFindings(document, 'no finding', (list) => list.length === 0);
    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, new vscode.Range(line, 0, line + 3, 0));
    await vscode.workspace.applyEdit(removal);
    await findingOf(document, 'kubernetes/no-readiness-probe');
  });
});

const anchored = `apiVersion: v1
kind: Pod
metadata:
  name: shop
  labels: {app: shop}
spec:
  containers:
    - &web
      name: web
      image: registry.example.com/web:1.0.0
      ports: [{containerPort: 8080}]
---
${service('shop')}`;

const twoProbes = probedInits({ name: 'fetch', probe: 'readinessProbe: # never asked' }, { name: 'unpack', probe: 'livenessProbe:' });

suite('fixing all', () => {
  teardown(closeAll);

  const bothProbes = (list: readonly vscode.Diagnostic[]): boolean =>
    list.filter((one) => ruleOf(one) === 'kubernetes/init-container-probe').length === 2;

  test('one action makes the same repair everywhere in the file', async () => {
    const document = await show({ language: 'yaml', content: twoProbes });
    const [first] = await whenFindings(document, 'two findings', bothProbes);
    if (first === undefined) throw new Error('The findings went away.');
    await apply(await actionTitled(document, first.range, /^Fix all .*Remove/));
    strictEqual(document.getText().includes('Probe'), false, document.getText());
    await whenFindings(document, 'no finding', (list) => list.length === 0);
  });

  test('source.fixAll.podwright makes every safe repair at once', async () => {
    const document = await show({ language: 'yaml', content: twoProbes });
    await whenFindings(document, 'two findings', bothProbes);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [fixAll] = await actionsAt(document, whole, vscode.CodeActionKind.SourceFixAll.append('podwright'));
    if (fixAll === undefined) throw new Error('There is no fix-all action.');
    await apply(fixAll);
    strictEqual(document.getText().includes('Probe'), false, document.getText());
    await whenFindings(document, 'no finding', (list) => list.length === 0);
  });

  test('on save, if the user asked for it', async () => {
    const uri = workspaceFile('fix-on-save.yaml');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(twoProbes));
    const settings = vscode.workspace.getConfiguration('editor', { uri, languageId: 'yaml' });
    await settings.update('codeActionsOnSave', { 'source.fixAll.podwright': 'explicit' }, vscode.ConfigurationTarget.Workspace);
    try {
      const document = await show(uri);
      await whenFindings(document, 'two findings', bothProbes);
      const insertion = new vscode.WorkspaceEdit();
      insertion.insert(uri, new vscode.Position(0, 0), '# edited\n');
      await vscode.workspace.applyEdit(insertion);
      await vscode.commands.executeCommand('workbench.action.files.save');
      const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      strictEqual(saved.startsWith('# edited\n') && !saved.includes('Probe'), true, saved);
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
