import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';

/** Bytes above which a file tells a checker nothing. */
const largest = 4_000_000;

/** Files of one folder that are named at the most. */
const most = 50_000;

/** Folders whose files are somebody else's, or made. */
const skipped = '**/{node_modules,.git,.hg,.svn,.jj,.terraform,.venv,__pycache__,.cache,.next,.gradle}/**';

/**
 * Lets the server see files that are on no disk it can reach, such as those of a repository that is opened without a
 * clone: the editor knows how to read them. Reads and lists, and nothing else. Tells the server what else this client knows.
 */
export function answerFiles(client: LanguageClient): void {
  client.registerFeature({
    fillClientCapabilities: (capabilities) => {
      capabilities.experimental = { ...(capabilities.experimental as object | undefined), podwright: { files: true, addPattern: true } };
    },
    initialize: () => undefined,
    getState: () => ({ kind: 'static' }),
    clear: () => undefined,
  });
  client.onRequest('podwright/readFile', ({ uri }: { readonly uri: string }) => read(client.protocol2CodeConverter.asUri(uri)));
  client.onRequest('podwright/listFiles', async ({ folder }: { readonly folder: string }) => {
    const pattern = new vscode.RelativePattern(client.protocol2CodeConverter.asUri(folder), '**/*');
    const found = await vscode.workspace.findFiles(pattern, skipped, most);
    return found.map((uri) => client.code2ProtocolConverter.asUri(uri));
  });
}

/** The text of a file; null where there is none. */
async function read(uri: vscode.Uri): Promise<string | null> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size > largest ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
