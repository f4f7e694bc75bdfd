import { LSPErrorCodes, ResponseError, TextDocumentSyncKind } from 'vscode-languageserver';
import type { CodeAction, Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type { RuleSet } from '../engine/rule-kinds.ts';
import { Session } from '../engine/session.ts';
import { abilitiesOf } from './abilities.ts';
import type { Abilities } from './abilities.ts';
import { codeActions, fixAllKind, resolve } from './codeActions.ts';
import type { Context } from './context.ts';
import { pull } from './diagnostics.ts';
import { Documents } from './documents.ts';
import { guarded, log, quietly } from './guard.ts';
import { Publisher } from './push.ts';
import type { Refactoring } from './refactorings.ts';
import { section, SettingsStore } from './settings.ts';

export interface ServerOptions {
  readonly rules: RuleSet;
  readonly refactorings?: readonly Refactoring[];
  /** Shown to people who look at what is running. */
  readonly version: string;
}

/** What tests look at; a host needs none of it. */
export interface Server {
  readonly documents: Documents;
  readonly session: Session;
}

/**
 * Puts the language server behind a connection. The caller makes the connection and calls `listen()` on it.
 * Everything the server knows of its client comes from `initialize`.
 */
export function createServer(connection: Connection, { rules, refactorings = [], version }: ServerOptions): Server {
  let abilities: Abilities = abilitiesOf({ capabilities: {} });
  const session = new Session(rules);
  const documents = new Documents(session, () => abilities.encoding);
  const settings = new SettingsStore(connection);
  const context: Context = { connection, rules, session, documents, settings, abilities: () => abilities };
  const publisher = new Publisher(context);

  connection.onInitialize((params: InitializeParams) => {
    abilities = abilitiesOf(params);
    settings.initialize(abilities, params.initializationOptions);
    return offer(abilities, refactorings, version);
  });

  connection.onInitialized(() => {
    settings.register(abilities).catch((error: unknown) => {
      log(connection, 'client/registerCapability', error);
    });
  });

  connection.onDidChangeConfiguration(
    quietly(connection, 'workspace/didChangeConfiguration', ({ settings: given }: { settings: unknown }) => {
      settings.change(given);
      if (!abilities.pull) for (const { uri } of documents.all()) publisher.schedule(uri, 'now');
      else if (abilities.refresh) refresh();
    }),
  );

  function refresh(): void {
    connection.languages.diagnostics.refresh().catch((error: unknown) => {
      log(connection, 'workspace/diagnostic/refresh', error);
    });
  }

  connection.onDidOpenTextDocument(
    quietly(connection, 'textDocument/didOpen', (params) => {
      documents.open(params);
      if (!abilities.pull) publisher.schedule(params.textDocument.uri, 'now');
    }),
  );
  connection.onDidChangeTextDocument(
    quietly(connection, 'textDocument/didChange', (params) => {
      documents.change(params);
      if (!abilities.pull) publisher.schedule(params.textDocument.uri, 'settled');
    }),
  );
  connection.onDidCloseTextDocument(
    quietly(connection, 'textDocument/didClose', ({ textDocument: { uri } }) => {
      documents.close(uri);
      settings.forget(uri);
      if (!abilities.pull) publisher.close(uri);
    }),
  );

  connection.languages.diagnostics.on(
    guarded(connection, 'textDocument/diagnostic', { kind: 'full', items: [] }, (params, token) => pull(context, params, token)),
  );
  connection.onCodeAction(
    guarded(connection, 'textDocument/codeAction', [], async (params, token) => {
      const actions = await codeActions(context, refactorings, params, token);
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      return actions;
    }),
  );
  connection.onCodeActionResolve((action: CodeAction, token) =>
    guarded(connection, 'codeAction/resolve', action, (given: CodeAction) => resolve(context, given))(action, token),
  );
  connection.onShutdown(() => {
    publisher.dispose();
  });

  return { documents, session };
}

/** What this client is offered: only what it said it can use. */
function offer(abilities: Abilities, refactorings: readonly Refactoring[], version: string): InitializeResult {
  const kinds = ['quickfix', fixAllKind, ...new Set(refactorings.map(({ kind }) => kind))];
  return {
    serverInfo: { name: 'Podwright', version },
    capabilities: {
      positionEncoding: abilities.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      codeActionProvider: abilities.actionLiterals && { codeActionKinds: kinds, resolveProvider: abilities.resolveEdit },
      ...(abilities.pull
        ? { diagnosticProvider: { identifier: section, interFileDependencies: false, workspaceDiagnostics: false } }
        : {}),
    },
  };
}
