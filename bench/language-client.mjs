import { spawn } from 'node:child_process';

/**
 * A language client that is as thin as can be, so that what is measured is the server: requests, notifications, and for
 * what the server asks the answers of an editor in which nothing is configured.
 */

/** What VS Code says of itself, as far as these servers listen. */
const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { configuration: true, diagnostics: { refreshSupport: true }, workspaceFolders: true },
  textDocument: {
    synchronization: {},
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
    diagnostic: { relatedDocumentSupport: false },
  },
};

/**
 * @typedef {object} Report what a server says of a document
 * @property {'full' | 'unchanged'} kind
 * @property {string} [resultId]
 * @property {readonly unknown[]} [items]
 */

/**
 * @typedef {object} Initialized what a server answers first
 * @property {{ diagnosticProvider?: unknown, textDocumentSync?: number | { change?: number } }} capabilities
 */

/**
 * @typedef {object} Asked what a server sends with its own questions and notices
 * @property {readonly unknown[]} [items] of `workspace/configuration`
 * @property {string} [uri] of diagnostics that it pushes
 * @property {readonly unknown[]} [diagnostics]
 */

/**
 * @typedef {object} Typed an edit
 * @property {unknown} range
 * @property {string} text what stands there now
 * @property {string} whole what the document is now
 */

export class LanguageClient {
  /** @type {import('node:child_process').ChildProcessByStdio<import('node:stream').Writable, import('node:stream').Readable, null>} */
  #server;
  /** @type {(cause: Error) => void} */
  #fail = () => undefined;
  /** @type {Promise<never>} */
  #failed;
  #last = 0;
  /** @type {Map<number, (result: unknown) => void>} */
  #asked = new Map();
  /** @type {Map<string, (report: Report) => void>} */
  #expected = new Map();
  /** @type {Map<string, string | undefined>} */
  #results = new Map();
  #pulls = false;
  #takesRanges = false;

  /**
   * @param {string} command
   * @param {readonly string[]} args
   */
  constructor(command, args) {
    this.#failed = new Promise((_, reject) => (this.#fail = reject));
    this.#failed.catch(() => undefined); // told to whoever waits for an answer; nobody has to
    this.#server = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#server.stdin.on('error', (error) => this.#fail(error));
    this.#server.on('error', (error) => this.#fail(error));
    this.#server.on('exit', (code, signal) => this.#fail(new Error(`the server ended with ${signal ?? code}`)));
    this.#read();
  }

  get pid() {
    return this.#server.pid ?? 0;
  }

  /** @param {string} [uri] of the folder that is open */
  async initialize(uri = 'file:///bench') {
    const folder = { uri, name: 'bench' };
    const asked = await this.request('initialize', { processId: process.pid, rootUri: folder.uri, workspaceFolders: [folder], capabilities });
    const { diagnosticProvider, textDocumentSync: sync } = /** @type {Initialized} */ (asked).capabilities;
    this.#pulls = diagnosticProvider !== undefined;
    this.#takesRanges = (typeof sync === 'object' ? sync.change : sync) === 2;
    this.notify('initialized', {});
  }

  /**
   * Opens a document; answers with its first diagnostics.
   * @param {string} uri
   * @param {string} languageId
   * @param {string} text
   */
  open(uri, languageId, text) {
    const report = this.#report(uri);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return this.#pulled(uri) ?? report;
  }

  /**
   * Types; answers with the diagnostics of what the text is then.
   * @param {string} uri
   * @param {number} version
   * @param {Typed} typed
   */
  edit(uri, version, { range, text, whole }) {
    const report = this.#report(uri);
    // A server that takes no ranges would read one as the whole text.
    const contentChanges = [this.#takesRanges ? { range, text } : { text: whole }];
    this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return this.#pulled(uri) ?? report;
  }

  /** Ends the server, politely first. */
  async stop() {
    const ended = new Promise((resolve) => this.#server.once('exit', resolve));
    const insist = setTimeout(() => this.#server.kill('SIGKILL'), 3000);
    try {
      await this.request('shutdown', undefined);
      this.notify('exit', undefined);
    } catch {
      this.#server.kill('SIGKILL');
    }
    if (this.#server.exitCode === null && this.#server.signalCode === null) await ended;
    clearTimeout(insist);
  }

  /**
   * @param {string} method
   * @param {unknown} params
   * @returns {Promise<unknown>}
   */
  request(method, params) {
    const id = (this.#last += 1);
    const answer = new Promise((resolve) => this.#asked.set(id, resolve));
    this.#send({ id, method, params });
    return Promise.race([answer, this.#failed]);
  }

  /**
   * @param {string} method
   * @param {unknown} params
   */
  notify(method, params) {
    this.#send({ method, params });
  }

  /** The next report a server that pushes sends. @param {string} uri @returns {Promise<Report>} */
  #report(uri) {
    if (this.#pulls) return this.#failed;
    return Promise.race([new Promise((resolve) => this.#expected.set(uri, resolve)), this.#failed]);
  }

  /** The answer of a server that is to be asked; undefined where it pushes. @param {string} uri @returns {Promise<Report> | undefined} */
  #pulled(uri) {
    if (!this.#pulls) return undefined;
    const previousResultId = this.#results.get(uri);
    return this.request('textDocument/diagnostic', { textDocument: { uri }, previousResultId }).then((answer) => {
      const report = /** @type {Report} */ (answer);
      this.#results.set(uri, report.resultId);
      return report;
    });
  }

  /** @param {Record<string, unknown>} message */
  #send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#server.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  #read() {
    let buffer = Buffer.alloc(0);
    this.#server.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        const head = buffer.indexOf('\r\n\r\n');
        const length = head < 0 ? undefined : /content-length: *(\d+)/i.exec(buffer.toString('latin1', 0, head))?.[1];
        const end = head + 4 + Number(length);
        if (length === undefined || buffer.length < end) return;
        this.#receive(JSON.parse(buffer.toString('utf8', head + 4, end)));
        buffer = buffer.subarray(end);
      }
    });
  }

  /** @param {{ id?: number, method?: string, params?: Asked, result?: unknown, error?: { message: string } }} message */
  #receive({ id, method, params, result, error }) {
    if (method === undefined) {
      if (error !== undefined) this.#fail(new Error(error.message));
      else this.#asked.get(id ?? 0)?.(result);
      this.#asked.delete(id ?? 0);
    } else if (id !== undefined) {
      this.#send({ id, result: method === 'workspace/configuration' ? (params?.items ?? []).map(() => null) : null });
    } else if (method === 'textDocument/publishDiagnostics') {
      const { uri = '', diagnostics: items = [] } = params ?? {};
      this.#expected.get(uri)?.({ kind: 'full', items });
      this.#expected.delete(uri);
    }
  }
}
