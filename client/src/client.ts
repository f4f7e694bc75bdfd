import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { ErrorHandler, LanguageClientOptions, Middleware } from 'vscode-languageclient/node';
import { answerFiles } from './files.ts';
import { isOurs, selector } from './selector.ts';

/** The client's id is also the first name of the settings: `podwright.trace.server` is read by the library. */
const id = 'podwright';

/** Crashes within this many milliseconds that make the client give up. */
const patience = { crashes: 5, within: 3 * 60 * 1000 };

/** A client for the server beside this bundle, in a process of its own: typing never waits for a check. */
export function createClient(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): LanguageClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  const options: LanguageClientOptions = {
    documentSelector: selector.map((language) => ({ language })),
    // The snippets are contributed to VS Code itself, and the panel shows timelines.
    initializationOptions: { snippets: false, timeline: true },
    outputChannel: output,
    traceOutputChannel: output,
    diagnosticPullOptions: { onChange: true },
    errorHandler: errorHandler(output),
    initializationFailedHandler: (error: unknown) => {
      output.error(`The language server did not start: ${String(error)}`);
      return false;
    },
    middleware: oursOnly(),
  };
  const client = new LanguageClient(id, 'Podwright', { module, transport: TransportKind.ipc }, options);
  answerFiles(client);
  return client;
}

/** Starts the server, also one that has given up. Failures are shown and never thrown: the editor goes on without. */
export async function restart(client: LanguageClient, output: vscode.LogOutputChannel): Promise<void> {
  try {
    if (client.isRunning()) await client.restart();
    else await client.start();
    output.info('The language server is running.');
  } catch (error) {
    output.error(`The language server could not be started: ${String(error)}`);
    await report(vscode.l10n.t('The Podwright language server could not be started.'));
  }
}

/** Restarts a server that crashed; one that crashes over and over is left alone, and that is said. */
function errorHandler(output: vscode.LogOutputChannel): ErrorHandler {
  let crashes: number[] = [];
  return {
    error: (error, _message, count) => {
      output.error(`Connection error: ${error.message}`);
      return { action: count !== undefined && count <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
    },
    closed: () => {
      const now = Date.now();
      crashes = [...crashes.filter((time) => now - time < patience.within), now];
      if (crashes.length < patience.crashes) return { action: CloseAction.Restart, handled: true };
      crashes = [];
      output.error('The language server crashed repeatedly and is not restarted.');
      void report(vscode.l10n.t('The Podwright language server crashed repeatedly and was stopped.'));
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

async function report(text: string): Promise<void> {
  const again = vscode.l10n.t('Restart');
  const show = vscode.l10n.t('Show Output');
  const answer = await vscode.window.showErrorMessage(text, again, show);
  if (answer === again) await vscode.commands.executeCommand('podwright.restartServer');
  else if (answer === show) await vscode.commands.executeCommand('podwright.showOutput');
}

/** Keeps documents from the server that nobody edits as files, such as notebook cells and old versions in a diff. */
function oursOnly(): Middleware {
  return {
    didOpen: async (document, next) => {
      if (isOurs(document.uri)) await next(document);
    },
    didChange: async (event, next) => {
      if (isOurs(event.document.uri)) await next(event);
    },
    didClose: async (document, next) => {
      if (isOurs(document.uri)) await next(document);
    },
    provideDiagnostics: (document, previous, token, next) => {
      const uri = document instanceof vscode.Uri ? document : document.uri;
      return isOurs(uri) ? next(document, previous, token) : undefined;
    },
    provideCodeLenses: (document, token, next) =>
      isOurs(document.uri) && vscode.workspace.getConfiguration('podwright.timeline', document.uri).get<boolean>('codeLens', true) ? next(document, token) : undefined,
    provideCodeActions: (document, range, context, token, next) =>
      isOurs(document.uri) ? next(document, range, context, token) : undefined,
  };
}
