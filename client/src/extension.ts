import * as vscode from 'vscode';
import { CodeLensRequest } from 'vscode-languageclient/node';
import { commands } from './commands.ts';
import { createClient, restart } from './client.ts';
import { createStatus } from './status.ts';
import { TimelinePanel } from './timeline.ts';

/** Stops the server when the extension goes; set while one runs. */
let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Podwright', { log: true });
  const client = createClient(context, output);
  const timeline = new TimelinePanel(client, context.extensionUri);
  context.subscriptions.push(output, createStatus(client), timeline, ...commands(client, output, timeline));
  context.subscriptions.push(vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('podwright.timeline.codeLens')) return;
    const lenses = client.getFeature(CodeLensRequest.method);
    for (const document of vscode.workspace.textDocuments) lenses.getProvider(document)?.onDidChangeCodeLensEmitter.fire();
  }));
  stop = () => client.dispose();
  await restart(client, output);
}

export async function deactivate(): Promise<void> {
  await stop?.();
  stop = undefined;
}
