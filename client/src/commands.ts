import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { restart } from './client.ts';
import { addPattern } from './patterns.ts';
import type { TimelinePanel } from './timeline.ts';

/** The commands that package.json contributes. */
export function commands(client: LanguageClient, output: vscode.LogOutputChannel, timeline: TimelinePanel): readonly vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('podwright.restartServer', () => restart(client, output)),
    vscode.commands.registerCommand('podwright.showOutput', () => {
      output.show();
    }),
    vscode.commands.registerCommand('podwright.addPattern', (...given: Parameters<typeof addPattern> extends [unknown, ...infer Rest] ? Rest : never) => addPattern(client, ...given)),
    vscode.commands.registerCommand('podwright.showTimeline', (uri?: string, offset?: number) => timeline.show(uri, offset)),
    vscode.commands.registerCommand('podwright.fixAll', async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document !== undefined) await fixAll(document);
    }),
  ];
}

/** Applies what `source.fixAll.podwright` offers for a document, and says so where there is nothing to do. */
async function fixAll(document: vscode.TextDocument): Promise<void> {
  const everything = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    everything,
    'source.fixAll.podwright',
    // Edits are asked for one action at a time, and there is only one.
    1,
  );
  const edit = actions.find((action) => action.edit !== undefined)?.edit;
  if (edit !== undefined) await vscode.workspace.applyEdit(edit);
  else void vscode.window.showInformationMessage(vscode.l10n.t('Nothing in this file can be fixed safely without asking you.'));
}
