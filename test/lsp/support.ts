// A client and a server in one process, joined by two streams, and a set of small rules that look for words.
import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  ProposedFeatures,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  InitializeParams,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { Fix, FixSafety } from '../../server/src/engine/core/finding.ts';
import { edits, refused } from '../../server/src/engine/core/finding.ts';
import { message } from '../../server/src/engine/core/message.ts';
import type { Report, RuleMeta } from '../../server/src/engine/core/rule.ts';
import { dockerfileRule, manifestRule } from '../../server/src/engine/rule-kinds.ts';
import type { RuleSet } from '../../server/src/engine/rule-kinds.ts';
import type { FileChange, Host } from '../../server/src/engine/workspace/host.ts';
import type { Refactoring } from '../../server/src/lsp/refactorings.ts';
import type { Source } from '../../server/src/patterns/scenario.ts';
import { createServer } from '../../server/src/lsp/server.ts';
import type { Server } from '../../server/src/lsp/server.ts';

function meta(id: string): RuleMeta {
  const title = { en: `${id}.`, zh: `规则 ${id}。` };
  return { id, guideline: 'validity', title, severities: ['error'], fix: 'safe', reads: [], yieldsTo: [], mayReveal: [] };
}

function replace(start: number, end: number, key: string, safety: FixSafety, newText: string): Fix {
  const title = message({ en: 'Write {newText}', zh: '改为 {newText}' }, { newText });
  return { key, title, safety, outcome: () => edits([{ span: { start, end }, newText }]) };
}

function* words(text: string, word: string, report: (start: number, end: number) => Omit<Report, 'span' | 'place'>): Iterable<Report> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const span = { start: at, end: at + word.length };
    yield { span, place: `${word}@${String(at)}`, ...report(span.start, span.end) };
  }
}

const said = (en: string, zh: string) => message({ en, zh });

/** `BAD` is repaired safely, `RISKY` by a person, `STUCK` not at all, `AA` needs several passes, `SEE` points elsewhere. */
export const rules: RuleSet = {
  kubernetes: [
    manifestRule(meta('kubernetes/bad-name'), function* (manifest) {
      if (manifest.name !== 'bad') return;
      yield { span: manifest.metadata.get('name').span, place: manifest.place, severity: 'warning', message: said('Bad name.', '名称不当。') };
    }),
  ],
  dockerfile: [
    dockerfileRule(meta('dockerfile/bad'), (file) =>
      words(file.source.text, 'BAD', (start, end) => ({
        severity: 'error',
        message: said('BAD is bad.', 'BAD 不好。'),
        fixes: [
          replace(start, end, 'good', 'safe', 'GOOD'),
          replace(start, end, 'fine', 'suggestion', `FINE${String(start)}`),
        ],
      })),
    ),
    dockerfileRule(meta('dockerfile/risky'), (file) =>
      words(file.source.text, 'RISKY', (start, end) => ({
        severity: 'information',
        message: said('RISKY is risky.', 'RISKY 有风险。'),
        fixes: [replace(start, end, 'calm', 'suggestion', 'CALM')],
      })),
    ),
    dockerfileRule(meta('dockerfile/stuck'), (file) =>
      words(file.source.text, 'STUCK', (start, end) => ({
        severity: 'warning',
        message: said('STUCK is stuck.', 'STUCK 卡住了。'),
        fixes: [
          {
            key: 'pull',
            title: message({ en: 'Pull it out', zh: '拉出来' }),
            safety: 'safe',
            outcome: () => refused(said('Too heavy.', '太重了。')),
          },
          replace(start, end, 'leave', 'suggestion', 'LEFT'),
        ],
      })),
    ),
    dockerfileRule(meta('dockerfile/double'), (file) =>
      words(file.source.text, 'AA', (start, end) => ({
        severity: 'hint',
        message: said('Doubled.', '重复。'),
        fixes: [replace(start, end, 'single', 'safe', 'A')],
      })),
    ),
    dockerfileRule(meta('dockerfile/see'), (file) =>
      words(file.source.text, 'SEE', () => ({
        severity: 'warning',
        message: said('See there.', '请看那里。'),
        related: [{ span: { start: 0, end: 4 }, message: said('There.', '那里。') }],
      })),
    ),
  ],
};

export interface Client {
  readonly connection: ProtocolConnection;
  readonly server: Server;
  readonly initialized: InitializeResult;
  /** Every push, in order. */
  readonly published: PublishDiagnosticsParams[];
  /** The next push after those already seen. */
  readonly nextPublish: () => Promise<PublishDiagnosticsParams>;
  readonly open: (uri: string, text: string, languageId?: string, version?: number | null) => Promise<void>;
  readonly change: (uri: string, version: number | null, changes: TextDocumentContentChangeEvent[]) => Promise<void>;
  readonly close: (uri: string) => Promise<void>;
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly locale?: string;
  readonly initializationOptions?: unknown;
  readonly rules?: RuleSet;
  readonly refactorings?: readonly Refactoring[];
  readonly patterns?: readonly Source[];
  readonly disk?: Host;
  /** URIs of the open folders. */
  readonly folders?: readonly string[];
  /** Handlers that must be there before the server asks its first question. */
  readonly prepare?: (connection: ProtocolConnection) => void;
}

const running: { dispose: () => void }[] = [];

/** Ends what {@link connect} began; call after each test. */
export function disconnect(): void {
  for (const one of running.splice(0)) one.dispose();
}

export async function connect(options: ClientOptions = {}): Promise<Client> {
  const up = new PassThrough();
  const down = new PassThrough();
  const serverSide = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down));
  const server = createServer(serverSide, {
    rules: options.rules ?? rules,
    version: '0.0.0-test',
    ...(options.refactorings === undefined ? {} : { refactorings: options.refactorings }),
    ...(options.patterns === undefined ? {} : { patterns: options.patterns }),
    ...(options.disk === undefined ? {} : { disk: options.disk }),
  });
  serverSide.listen();
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const published: PublishDiagnosticsParams[] = [];
  const waiting: ((params: PublishDiagnosticsParams) => void)[] = [];
  let taken = 0;
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params);
    if (waiting.length > 0) {
      taken += 1;
      waiting.shift()?.(params);
    }
  });
  options.prepare?.(connection);
  connection.listen();
  running.push(connection, serverSide);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it
  const params: InitializeParams = { processId: null, rootUri: null, capabilities: options.capabilities ?? {} };
  if (options.locale !== undefined) params.locale = options.locale;
  if (options.initializationOptions !== undefined) params.initializationOptions = options.initializationOptions;
  if (options.folders !== undefined) params.workspaceFolders = options.folders.map((uri) => ({ uri, name: uri }));
  const initialized = await connection.sendRequest(InitializeRequest.type, params);
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    server,
    initialized,
    published,
    nextPublish: () => {
      const known = published[taken];
      if (known !== undefined) {
        taken += 1;
        return Promise.resolve(known);
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    open: (uri, text, languageId = 'dockerfile', version = 1) =>
      // Old clients send no version or null; the types do not know them.
      connection.sendNotification(DidOpenTextDocumentNotification.method, {
        textDocument: { uri, languageId, text, ...(version === null ? {} : { version }) },
      }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification(DidChangeTextDocumentNotification.method, { textDocument: { uri, version }, contentChanges }),
    close: (uri) => connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
  };
}

/** A disk in memory, which tests write to. */
export class MemoryDisk implements Host {
  readonly files = new Map<string, string>();
  readonly reads: string[] = [];
  /** Those who watch, by folder. */
  readonly watchers = new Map<string, (changes: readonly FileChange[]) => void>();
  /** Listing waits for this. */
  gate: Promise<void> = Promise.resolve();

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [uri, text] of Object.entries(files)) this.files.set(uri, text);
  }

  read(uri: string): Promise<string | undefined> {
    this.reads.push(uri);
    return Promise.resolve(this.files.get(uri));
  }

  async *list(folder: string, wanted: (uri: string) => boolean): AsyncGenerator<string> {
    await this.gate;
    for (const uri of this.files.keys()) if (uri.startsWith(`${folder}/`) && wanted(uri)) yield uri;
  }

  watch(folder: string, changed: (changes: readonly FileChange[]) => void): () => void {
    this.watchers.set(folder, changed);
    return () => this.watchers.delete(folder);
  }
}

/** What VS Code says of itself, as far as this server listens. */
export const modern: ClientCapabilities = {
  workspace: {
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
    diagnostic: { dynamicRegistration: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source', 'source.fixAll'] } },
      isPreferredSupport: true,
      disabledSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  general: { positionEncodings: ['utf-16'] },
};

/** Neovim 0.7: no questions about settings, no versions in edits, nothing preferred, nothing disabled, no encodings. */
export const neovim: ClientCapabilities = {
  workspace: { applyEdit: true, workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] } },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: { dynamicRegistration: false, codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } } },
  },
};

/** Emacs with eglot 1.9: asks for no addresses and no related places. */
export const eglot: ClientCapabilities = {
  workspace: { applyEdit: true, configuration: true, workspaceEdit: { documentChanges: true } },
  textDocument: {
    publishDiagnostics: { relatedInformation: false, codeDescriptionSupport: false },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'refactor', 'source'] } }, isPreferredSupport: true },
  },
};

/** Helix: bytes first, UTF-16 last. */
export const helix: ClientCapabilities = {
  ...modern,
  general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
};
