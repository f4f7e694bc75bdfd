import { ok, strictEqual } from 'node:assert';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { actionTitled, apply, closeAll, findingOf, ruleOf, show, whenFindings, workspaceFile } from './editor.ts';
import { deployment, service } from './manifests.ts';

const rule = 'kubernetes/no-readiness-probe';
const { Error: error, Information: information, Warning: warning } = vscode.DiagnosticSeverity;
const config = '.podwright.yaml';

/** What a test put into the workspace, as another program does: VS Code only sees it happen. */
const made = new Set<string>();

function write(path: string, text: string): void {
  const { fsPath } = workspaceFile(path);
  mkdirSync(dirname(fsPath), { recursive: true });
  writeFileSync(fsPath, text);
  made.add(path.includes('/') ? path.slice(0, path.indexOf('/')) : path);
}

function remove(path: string): void {
  rmSync(workspaceFile(path).fsPath, { recursive: true, force: true });
}

async function whenSeverity(document: vscode.TextDocument, severity: vscode.DiagnosticSeverity): Promise<void> {
  await whenFindings(document, `${rule} as ${vscode.DiagnosticSeverity[severity]}`, (list) => list.some((one) => ruleOf(one) === rule && one.severity === severity));
}

async function whenSilent(document: vscode.TextDocument): Promise<void> {
  await whenFindings(document, 'silence', (list) => list.length === 0);
}

suite('workspace', () => {
  teardown(async () => {
    await closeAll();
    for (const path of made) remove(path);
    made.clear();
  });

  test('a Service in another file makes a finding worse, until it is deleted or renamed away', async () => {
    write('follow/web.yaml', deployment('follow'));
    const document = await show(workspaceFile('follow/web.yaml'));
    await whenSeverity(document, information);
    write('follow/service.yaml', service('follow'));
    await whenSeverity(document, warning);
    remove('follow/service.yaml');
    await whenSeverity(document, information);
    write('follow/deep/service.yaml', service('follow'));
    await whenSeverity(document, warning);
    renameSync(workspaceFile('follow/deep/service.yaml').fsPath, workspaceFile('follow/deep/service.yaml.orig').fsPath);
    await whenSeverity(document, information);
    renameSync(workspaceFile('follow/deep/service.yaml.orig').fsPath, workspaceFile('follow/service.yml').fsPath);
    await whenSeverity(document, warning);
  });

  test('a Service that is typed and not saved counts', async () => {
    write('typed/web.yaml', deployment('typed'));
    const document = await show(workspaceFile('typed/web.yaml'));
    await whenSeverity(document, information);
    write('typed/service.yaml', service('other'));
    const other = await show(workspaceFile('typed/service.yaml'));
    const typing = new vscode.WorkspaceEdit();
    typing.replace(other.uri, new vscode.Range(0, 0, other.lineCount, 0), service('typed'));
    await vscode.workspace.applyEdit(typing);
    await whenSeverity(document, warning);
    strictEqual(other.isDirty, true);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await whenSeverity(document, information);
  });

  test('an overlay that supplies the probe silences its base, as long as it does', async () => {
    write('shop/base/web.yaml', deployment('shop'));
    write('shop/base/kustomization.yaml', 'resources: [web.yaml]\n');
    const document = await show(workspaceFile('shop/base/web.yaml'));
    await findingOf(document, rule);
    write('shop/prod/probe.yaml', deployment('shop').replace('          ports:\n            - containerPort: 8080\n', '          readinessProbe:\n            tcpSocket: {port: 8080}\n'));
    write('shop/prod/kustomization.yaml', 'resources: [../base]\npatches:\n  - path: probe.yaml\n');
    await whenSilent(document);
    write('shop/prod/kustomization.yaml', 'resources: [../base]\n');
    await findingOf(document, rule);
  });

  test('.podwright.yaml counts when it comes, when it changes, and no more when it is gone', async () => {
    write('levels/web.yaml', deployment('levels'));
    const document = await show(workspaceFile('levels/web.yaml'));
    await whenSeverity(document, information);
    write(`levels/${config}`, `rules:\n  ${rule}: error\n`);
    await whenSeverity(document, error);
    write(`levels/${config}`, 'ignore: ["web.*"]\n');
    await whenSilent(document);
    remove(`levels/${config}`);
    await whenSeverity(document, information);
  });

  test('"Switch this rule off" makes a configuration, and without it the rule is on again', async () => {
    write('off.yaml', deployment('off'));
    made.add(config);
    const document = await show(workspaceFile('off.yaml'));
    const { range } = await findingOf(document, rule);
    await apply(await actionTitled(document, range, `Switch ${rule} off in ${config}`));
    await whenSilent(document);
    const written = await show(workspaceFile(config));
    strictEqual(written.getText(), `rules:\n  ${rule}: off\n`);
    ok(await written.save());
    strictEqual(readFileSync(written.uri.fsPath, 'utf8'), written.getText());
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await whenSilent(document);
    remove(config);
    await findingOf(document, rule);
  });

  test('"Ignore here" inserts the comment, and the squiggle goes; without the comment it is back', async () => {
    write('ignore.yaml', deployment('ignore'));
    const document = await show(workspaceFile('ignore.yaml'));
    const { range } = await findingOf(document, rule);
    await apply(await actionTitled(document, range, `Ignore ${rule} here`));
    await whenSilent(document);
    const lines = document.getText().split('\n');
    const at = lines.indexOf(`        # podwright-ignore ${rule}`);
    strictEqual(lines[at + 1], '        - name: ignore', document.getText());
    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, new vscode.Range(at, 0, at + 1, 0));
    await vscode.workspace.applyEdit(removal);
    await findingOf(document, rule);
  });

  test('a template of a Helm chart gets findings, and its repair leaves the actions alone', async () => {
    write('chart/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
    const template = deployment('{{ .Release.Name }}', '"{{ .Values.image }}"').replace('          ports:', '          {{- with .Values.env }}\n          env: {{- toYaml . | nindent 12 }}\n          {{- end }}\n          ports:');
    write('chart/templates/web.yaml', template);
    const document = await show(workspaceFile('chart/templates/web.yaml'));
    // Extensions for Helm bring a language of their own; without one, VS Code takes templates for YAML.
    const ids = (await vscode.languages.getLanguages()).includes('helm') ? ['yaml', 'helm'] : ['yaml'];
    for (const id of ids) {
      await vscode.languages.setTextDocumentLanguage(document, id);
      const { range } = await findingOf(document, rule);
      strictEqual(document.lineAt(range.start.line).text.trim(), '- name: {{ .Release.Name }}');
      await apply(await actionTitled(document, range, /^Add readinessProbe/));
      const left = document.getText().split('\n').filter((line) => template.split('\n').includes(line));
      strictEqual(left.join('\n'), template);
      await whenSilent(document);
      await vscode.commands.executeCommand('undo');
      await findingOf(document, rule);
    }
  });
});
