import { deepStrictEqual, strictEqual } from 'node:assert';
import * as vscode from 'vscode';
import { closeAll, extensionId, findingOf, findings, show, whenSo, workspaceFile } from './editor.ts';

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension<unknown>(extensionId);
  if (found === undefined) throw new Error(`${extensionId} is not installed.`);
  return found;
}

suite('extension', () => {
  teardown(closeAll);

  test('wakes up for a manifest', async () => {
    const document = await show(workspaceFile('deployment.yaml'));
    await findingOf(document, 'kubernetes/no-readiness-probe');
    strictEqual(extension().isActive, true);
  });

  test('has the commands that its manifest declares', async () => {
    const { contributes } = extension().packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const declared = contributes.commands.map(({ command }) => command);
    const known = new Set(await vscode.commands.getCommands(true));
    deepStrictEqual(declared.filter((command) => !known.has(command)), []);
    for (const command of ['podwright.restartServer', 'podwright.showOutput']) strictEqual(declared.includes(command), true, command);
  });

  test('finds again what it found after the server was restarted', async () => {
    const document = await show(workspaceFile('init-probe.yaml'));
    await findingOf(document, 'kubernetes/init-container-probe');
    await vscode.commands.executeCommand('podwright.restartServer');
    await findingOf(document, 'kubernetes/init-container-probe');
    strictEqual(findings(document).length, 1, 'the old server left nothing behind');
  });

  test('shows its output', async () => {
    await show(workspaceFile('init-probe.yaml'));
    await vscode.commands.executeCommand('podwright.showOutput');
    await whenSo(vscode.window.onDidChangeVisibleTextEditors, 'an output', () =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output'),
    );
  });

  test('says that it is safe in untrusted and in virtual workspaces', () => {
    const { capabilities } = extension().packageJSON as {
      capabilities: { untrustedWorkspaces: { supported: unknown }; virtualWorkspaces: unknown };
    };
    strictEqual(capabilities.untrustedWorkspaces.supported, true);
    strictEqual(capabilities.virtualWorkspaces, true);
  });

  test('checks files that are on no disk', async () => {
    const text = await vscode.workspace.fs.readFile(workspaceFile('init-probe.yaml'));
    const provider = vscode.workspace.registerFileSystemProvider('memory', new OneFile(text), { isReadonly: true });
    try {
      const document = await show(vscode.Uri.parse('memory:/init-probe.yaml'));
      await findingOf(document, 'kubernetes/init-container-probe');
    } finally {
      provider.dispose();
    }
  });

  test('brings the snippet of a native sidecar', async () => {
    const document = await show({ language: 'yaml', content: 'sidecar' });
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(0, 7),
    );
    const bodies = items
      .filter((item) => item.kind === vscode.CompletionItemKind.Snippet)
      .map((item) => (item.insertText instanceof vscode.SnippetString ? item.insertText.value : ''));
    strictEqual(bodies.some((body) => body.includes('restartPolicy: Always') && body.includes('startupProbe')), true, bodies.join('\n'));
  });
});

/** A file system with one file, under whatever name it is asked for. */
class OneFile implements vscode.FileSystemProvider {
  readonly #content: Uint8Array;

  constructor(content: Uint8Array) {
    this.#content = content;
  }

  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readFile = (): Uint8Array => this.#content;
  stat = (): vscode.FileStat => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.#content.length });
  watch = (): vscode.Disposable => new vscode.Disposable(() => undefined);
  readDirectory = (): [string, vscode.FileType][] => [];
  createDirectory = (): void => undefined;
  writeFile = (): void => undefined;
  delete = (): void => undefined;
  rename = (): void => undefined;
}
