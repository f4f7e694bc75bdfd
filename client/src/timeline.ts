import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { fileNameOf, page, readAnswer, withNonce, type Failing } from './timelinePage.ts';
import { isOurs } from './selector.ts';

/** What the server answers to `podwright/timeline`. */
interface Timeline {
  readonly svg: string;
  readonly json: { readonly workloads: readonly { readonly containers: readonly { readonly name: string }[] }[] };
  readonly summary: string;
  readonly workload: string;
}

/** Milliseconds without a key or a cursor that moves. */
const pause = 150;

/**
 * The panel beside the editor that shows how the Pods of the workload at the cursor start and stop. There is one; it follows
 * the editor that was used last.
 */
export class TimelinePanel implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #files: vscode.Uri;
  #panel: vscode.WebviewPanel | undefined;
  #nonce = '';
  /** What is shown, or was asked for: an editor's document and a place in it. */
  #place: { readonly document: vscode.TextDocument; readonly position: vscode.Position } | undefined;
  #failing: Failing | undefined;
  #shown: Timeline | undefined;
  /** Counts questions: an answer to an older one is not shown any more. */
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners: vscode.Disposable[];

  constructor(client: LanguageClient, extension: vscode.Uri) {
    this.#client = client;
    this.#files = vscode.Uri.joinPath(extension, 'dist');
    this.#listeners = [
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [first] }) => {
        if (first !== undefined) this.#follow(textEditor.document, first.active);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined) this.#follow(editor.document, editor.selection.active);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.#place?.document) this.#soon();
      }),
    ];
  }

  /** Opens the panel, for the workload at an offset of a document or at the cursor. Resolves with what is shown, `Deployment/web`. */
  async show(uri?: string, offset?: number): Promise<string | undefined> {
    const editor = vscode.window.activeTextEditor;
    const document = uri === undefined ? editor?.document : await vscode.workspace.openTextDocument(this.#client.protocol2CodeConverter.asUri(uri));
    if (document === undefined || !isOurs(document.uri)) return undefined;
    this.#place = { document, position: offset === undefined ? (editor?.selection.active ?? new vscode.Position(0, 0)) : document.positionAt(offset) };
    this.#failing = undefined;
    this.#open();
    await this.#draw();
    return this.#shown?.workload;
  }

  #open(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel('podwright.timeline', vscode.l10n.t('Pod Timeline'), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, {
      enableScripts: true,
      retainContextWhenHidden: true,
      localResourceRoots: [this.#files],
    });
    this.#panel = panel;
    this.#nonce = randomBytes(16).toString('base64');
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#shown = undefined;
    });
    panel.webview.onDidReceiveMessage((given) => void this.#answer(given));
    const script = panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#files, 'timeline.js')).toString();
    panel.webview.html = page({
      language: vscode.env.language,
      title: vscode.l10n.t('Pod Timeline'),
      export: vscode.l10n.t('Export SVG…'),
      fails: vscode.l10n.t('{0} (simulated)'),
      works: vscode.l10n.t('works'),
      hows: { crash: vscode.l10n.t('crashes'), hang: vscode.l10n.t('hangs'), never: vscode.l10n.t('never starts') },
    }, this.#nonce, script, panel.webview.cspSource);
  }

  #follow(document: vscode.TextDocument, position: vscode.Position): void {
    if (this.#panel === undefined || !/^(?:yaml|helm)$/.test(document.languageId) || !isOurs(document.uri)) return;
    this.#place = { document, position };
    this.#soon();
  }

  #soon(): void {
    if (this.#panel === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#draw(), pause);
  }

  /** Asks for the picture of the place, and shows it unless something newer was asked for meanwhile. */
  async #draw(): Promise<void> {
    const place = this.#place;
    if (place === undefined || !this.#client.isRunning()) return;
    this.#asked += 1;
    const asked = this.#asked;
    const { document, position } = place;
    const failing = this.#failing;
    const uri = this.#client.code2ProtocolConverter.asUri(document.uri);
    const found = await this.#client.sendRequest<Timeline | null>('podwright/timeline', { uri, position: { line: position.line, character: position.character }, ...(failing === undefined ? {} : { failing }) });
    const panel = this.#panel;
    if (asked !== this.#asked || panel === undefined) return;
    if (found !== null && failing !== undefined && found.workload !== this.#shown?.workload && this.#shown !== undefined) {
      // Another workload: what failed was of the one before.
      this.#failing = undefined;
      this.#shown = found;
      await this.#draw();
      return;
    }
    this.#shown = found ?? undefined;
    panel.title = found === null ? vscode.l10n.t('Pod Timeline') : vscode.l10n.t('Timeline: {0}', found.workload);
    await this.#post();
  }

  async #post(): Promise<void> {
    const shown = this.#shown;
    const containers = shown?.json.workloads[0]?.containers.map(({ name }) => name) ?? [];
    await this.#panel?.webview.postMessage(shown === undefined
      ? { kind: 'none', text: vscode.l10n.t('There is no workload at the cursor, or its YAML cannot be read.') }
      : { kind: 'show', svg: withNonce(shown.svg, this.#nonce), summary: `${shown.workload}: ${shown.summary}`, containers, ...(this.#failing === undefined ? {} : { failing: this.#failing }) });
  }

  async #answer(given: unknown): Promise<void> {
    const answer = readAnswer(given);
    if (answer?.kind === 'ready') await this.#post();
    else if (answer?.kind === 'go') await this.#goTo(answer.line);
    else if (answer?.kind === 'export') await this.#export();
    else if (answer?.kind === 'fail') {
      this.#failing = answer.failing;
      await this.#draw();
    }
  }

  async #goTo(line: number): Promise<void> {
    const document = this.#place?.document;
    if (document === undefined) return;
    const at = document.lineAt(Math.min(line, document.lineCount) - 1).range.start;
    const column = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(document, { viewColumn: column, selection: new vscode.Range(at, at) });
  }

  async #export(): Promise<void> {
    const shown = this.#shown;
    const document = this.#place?.document;
    if (shown === undefined || document === undefined) return;
    const folder = document.isUntitled ? vscode.workspace.workspaceFolders?.[0]?.uri : vscode.Uri.joinPath(document.uri, '..');
    const target = await vscode.window.showSaveDialog({ filters: { SVG: ['svg'] }, ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, fileNameOf(shown.workload)) }) });
    if (target !== undefined) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(shown.svg));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#panel?.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }
}
