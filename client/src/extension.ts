import * as vscode from 'vscode';
import { commands } from './commands.ts';
import { createClient, restart } from './client.ts';
import { createStatus } from './status.ts';

/** Stops the server when the extension goes; set while one runs. */
let stop: (() => Promise<void>) | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Podwright', { log: true });
  const client = createClient(context, output);
  context.subscriptions.push(output, createStatus(client), ...commands(client, output));
  stop = () => client.dispose();
  await restart(client, output);
}

export async function deactivate(): Promise<void> {
  await stop?.();
  stop = undefined;
}
