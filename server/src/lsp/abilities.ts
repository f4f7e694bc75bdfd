import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver';
import { localeOf } from '../engine/core/message.ts';
import type { Locale } from '../engine/core/message.ts';
import { chooseEncoding } from './convert.ts';
import type { Encoding } from './convert.ts';

/** What this client can do, read once from `initialize`. Nothing is used that the client did not name. */
export interface Abilities {
  readonly locale: Locale;
  readonly encoding: Encoding;
  /** The client asks for diagnostics; otherwise they are pushed. Never both: the user would see everything twice. */
  readonly pull: boolean;
  /** The client can be told to ask again. */
  readonly refresh: boolean;
  readonly codeDescription: boolean;
  readonly relatedInformation: boolean;
  /** Published diagnostics may carry the version they were made for. */
  readonly publishVersion: boolean;
  /** The client takes code actions; without literals it would only take commands, which this server never sends. */
  readonly actionLiterals: boolean;
  readonly preferred: boolean;
  readonly disabled: boolean;
  /** The edit of an action may be asked for later, and `data` comes back with it. */
  readonly resolveEdit: boolean;
  /** Edits may name the version they are meant for. */
  readonly documentChanges: boolean;
  readonly configuration: boolean;
  /** The client wants to be told that changed settings interest this server. */
  readonly registerConfiguration: boolean;
  /** The client can be told to tell of files that change. */
  readonly watchFiles: boolean;
  /** The client tells of folders that come to the workspace and go. */
  readonly folders: boolean;
  /** Edits may create a file. */
  readonly createFiles: boolean;
  /** The client shows something when the pointer rests on a word. */
  readonly hover: boolean;
  /** What it shows there may be Markdown. */
  readonly markdown: boolean;
  /** The client answers questions about files that are not on this machine's disk. */
  readonly clientFiles: boolean;
  /** The client has the command that code lenses about timelines name. */
  readonly timelines: boolean;
  /** The client can be told to ask for code lenses again. */
  readonly refreshLenses: boolean;
  /** The client runs `podwright.addPattern`, which lets a person choose among patterns. */
  readonly patternCommand: boolean;
  /** The client completes by itself what this server would: it has the snippets. */
  readonly ownSnippets: boolean;
  /** Completions may hold tab stops. */
  readonly snippets: boolean;
}

/** Reads the abilities of a client. Unknown or missing parts count as "cannot". */
export function abilitiesOf(params: Pick<InitializeParams, 'capabilities' | 'locale' | 'initializationOptions'>): Abilities {
  // Some clients send no capabilities at all, whatever the protocol's types say.
  const capabilities = (params.capabilities as ClientCapabilities | undefined) ?? {};
  const { workspace, textDocument, general } = capabilities;
  const experimental: unknown = capabilities.experimental;
  const options: unknown = params.initializationOptions;
  const action = textDocument?.codeAction;
  const push = textDocument?.publishDiagnostics;
  const pull = textDocument?.diagnostic;
  return {
    locale: localeOf(params.locale),
    encoding: chooseEncoding(general?.positionEncodings),
    pull: pull !== undefined,
    refresh: workspace?.diagnostics?.refreshSupport === true,
    // Clients name the shape of diagnostics where they take pushed ones; since 3.18 also where they pull.
    codeDescription: push?.codeDescriptionSupport === true || pull?.codeDescriptionSupport === true,
    relatedInformation: push?.relatedInformation === true || pull?.relatedInformation === true,
    publishVersion: push?.versionSupport === true,
    actionLiterals: action?.codeActionLiteralSupport !== undefined,
    preferred: action?.isPreferredSupport === true,
    disabled: action?.disabledSupport === true,
    resolveEdit: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    configuration: workspace?.configuration === true,
    registerConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    createFiles: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    hover: textDocument?.hover !== undefined,
    markdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    timelines: isObject(options) && (options['timeline'] === true || (isObject(options['podwright']) && options['podwright']['timeline'] === true)),
    refreshLenses: workspace?.codeLens?.refreshSupport === true,
    patternCommand: says(experimental, 'addPattern'),
    ownSnippets: isObject(options) && options['snippets'] === false,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    clientFiles: says(experimental, 'files'),
  };
}

/** What clients that know this server promise beside the protocol. */
function says(experimental: unknown, what: string): boolean {
  return isObject(experimental) && isObject(experimental['podwright']) && experimental['podwright'][what] === true;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
