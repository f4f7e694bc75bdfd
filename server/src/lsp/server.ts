import { ErrorCodes, LSPErrorCodes, ResponseError, TextDocumentSyncKind } from 'vscode-languageserver';
import type { CodeAction, Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type { RuleSet } from '../engine/rule-kinds.ts';
import { Session } from '../engine/session.ts';
import type { Host } from '../engine/workspace/host.ts';
import type { Source } from '../patterns/scenario.ts';
import { abilitiesOf } from './abilities.ts';
import type { Abilities } from './abilities.ts';
import { clientFiles, hostBySource } from './clientFiles.ts';
import { codeActions, fixAllKind, resolve } from './codeActions.ts';
import { codeLenses } from './codeLens.ts';
import type { Context } from './context.ts';
import { completeContainers } from './completion.ts';
import { pull } from './diagnostics.ts';
import { Documents } from './documents.ts';
import { guarded, log, quietly } from './guard.ts';
import { hover } from './hover.ts';
import { Lifecycle } from './lifecycle.ts';
import { Publisher } from './push.ts';
import { addPattern, listPatterns, patternKind } from './patterns.ts';
import type { AddPatternParams, PatternPlace } from './patterns.ts';
import type { Refactoring } from './refactorings.ts';
import { Refresher } from './refresher.ts';
import { section, SettingsStore } from './settings.ts';
import { timelineAt, timelineMethod } from './timeline.ts';
import { WorkspaceFiles } from './workspaceFiles.ts';

export interface ServerOptions {
  readonly rules: RuleSet;
  readonly refactorings?: readonly Refactoring[];
  /** The scenarios of multi-container patterns, in the order in which they are shown. */
  readonly patterns?: readonly Source[];
  /** Shown to people who look at what is running. */
  readonly version: string;
  /** The files of this machine; without it `file:` URIs are known only as far as they are open. */
  readonly disk?: Host;
}

/** What tests look at; a host needs none of it. */
export interface Server {
  readonly documents: Documents;
  readonly session: Session;
  readonly files: WorkspaceFiles;
}

/**
 * Puts the language server behind a connection. The caller makes the connection and calls `listen()` on it.
 * Everything the server knows of its client comes from `initialize`.
 */
export function createServer(connection: Connection, { rules, refactorings = [], patterns = [], version, disk }: ServerOptions): Server {
  let abilities: Abilities = abilitiesOf({ capabilities: {} });
  const session = new Session(rules);
  const documents = new Documents(session, () => abilities.encoding);
  const settings = new SettingsStore(connection);
  const client = clientFiles(connection);
  const host = hostBySource(disk, () => (abilities.clientFiles ? client : undefined));
  const refresher = new Refresher({ connection, session, documents, abilities: () => abilities }, () => publisher);
  const learned = (): void => {
    refresher.learned();
  };
  const files = new WorkspaceFiles(connection, session.index, host, learned);
  const context: Context = { connection, rules, session, documents, settings, files, refresher, abilities: () => abilities };
  const publisher = new Publisher(context);
  const lifecycle = new Lifecycle();
  const line = { connection, lifecycle };

  connection.onInitialize((params: InitializeParams) => {
    lifecycle.begin();
    abilities = abilitiesOf(params);
    settings.initialize(abilities, params.initializationOptions);
    files.initialize(params);
    return offer(abilities, refactorings, patterns.length > 0, version);
  });

  connection.onInitialized(quietly(line, 'initialized', () => {
    settings.register(abilities).catch((error: unknown) => {
      log(connection, 'client/registerCapability', error);
    });
    if (abilities.folders) connection.workspace.onDidChangeWorkspaceFolders(quietly(line, 'workspace/didChangeWorkspaceFolders', (event) => { files.foldersChanged(event); }));
    files.start(abilities);
  }));

  connection.onDidChangeConfiguration(
    quietly(line, 'workspace/didChangeConfiguration', ({ settings: given }: { settings: unknown }) => {
      settings.change(given);
      refresher.now();
    }),
  );
  connection.onDidChangeWatchedFiles(
    quietly(line, 'workspace/didChangeWatchedFiles', ({ changes }) => {
      files.filesChanged(changes);
    }),
  );

  connection.onDidOpenTextDocument(
    quietly(line, 'textDocument/didOpen', (params) => {
      documents.open(params);
      if (!abilities.pull) publisher.schedule(params.textDocument.uri, 'now');
    }),
  );
  connection.onDidChangeTextDocument(
    quietly(line, 'textDocument/didChange', (params) => {
      documents.change(params);
      if (!abilities.pull) publisher.schedule(params.textDocument.uri, 'settled');
    }),
  );
  connection.onDidSaveTextDocument(
    quietly(line, 'textDocument/didSave', ({ textDocument: { uri } }) => {
      files.saved(uri);
    }),
  );
  connection.onDidCloseTextDocument(
    quietly(line, 'textDocument/didClose', ({ textDocument: { uri } }) => {
      documents.close(uri);
      settings.forget(uri);
      if (!abilities.pull) publisher.close(uri);
      learned();
    }),
  );

  connection.languages.diagnostics.on(
    guarded(line, 'textDocument/diagnostic', { kind: 'full', items: [] }, (params, token) => pull(context, params, token)),
  );
  connection.onCodeAction(
    guarded(line, 'textDocument/codeAction', [], async (params, token) => {
      const actions = await codeActions(context, refactorings, patterns, params, token);
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
      return actions;
    }),
  );
  connection.onCodeActionResolve((action: CodeAction, token) =>
    guarded(line, 'codeAction/resolve', action, (given: CodeAction, stop) => resolve(context, patterns, given, stop))(action, token),
  );
  connection.onCodeLens(guarded(line, 'textDocument/codeLens', [], (params, token) => codeLenses(context, params, token)));
  connection.onRequest(timelineMethod, guarded(line, timelineMethod, null, (params: unknown, token) => timelineAt(context, params, token)));
  connection.onHover(
    guarded(line, 'textDocument/hover', null, async (params, token) => (await hover(context, params, token)) ?? null),
  );
  connection.onRequest('podwright/patterns', guarded(line, 'podwright/patterns', { workload: undefined, scenarios: [] }, (place: PatternPlace, token) => listPatterns(context, patterns, place, token)));
  connection.onRequest('podwright/addPattern', guarded(line, 'podwright/addPattern', {}, (params: AddPatternParams, token) => addPattern(context, patterns, params, token)));
  connection.onCompletion(guarded(line, 'textDocument/completion', [], (params) => completeContainers(context, patterns, params)));
  connection.onRequest((method) => {
    lifecycle.demand();
    throw new ResponseError(ErrorCodes.MethodNotFound, `The server does not know ${method}.`);
  });
  connection.onShutdown(() => {
    lifecycle.end();
    publisher.dispose();
    refresher.dispose();
    files.dispose();
  });

  return { documents, session, files };
}

/** What this client is offered: only what it said it can use. */
function offer(abilities: Abilities, refactorings: readonly Refactoring[], hasPatterns: boolean, version: string): InitializeResult {
  const kinds = ['quickfix', fixAllKind, ...new Set([...refactorings.map(({ kind }) => kind), ...(hasPatterns ? [patternKind] : [])])];
  return {
    serverInfo: { name: 'Podwright', version },
    capabilities: {
      positionEncoding: abilities.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      ...(abilities.folders ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } } : {}),
      codeActionProvider: abilities.actionLiterals && { codeActionKinds: kinds, resolveProvider: abilities.resolveEdit },
      ...(abilities.timelines ? { codeLensProvider: { resolveProvider: false } } : {}),
      ...(abilities.hover ? { hoverProvider: true } : {}),
      ...(hasPatterns && !abilities.ownSnippets ? { completionProvider: { triggerCharacters: ['-'] } } : {}),
      ...(abilities.pull
        ? { diagnosticProvider: { identifier: section, interFileDependencies: true, workspaceDiagnostics: false } }
        : {}),
    },
  };
}
