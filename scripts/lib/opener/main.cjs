const vscode = require('vscode');

/** Shows the first example and, once it has its warning, puts the cursor on it, where the light bulb is. */
exports.activate = async () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined || vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) return;
  const editor = await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'deployment.yaml'), { preview: false });
  const point = () => {
    const [diagnostic] = vscode.languages.getDiagnostics(editor.document.uri);
    if (diagnostic === undefined) return;
    listener.dispose();
    if (editor.selection.active.line === 0) editor.selection = new vscode.Selection(diagnostic.range.start, diagnostic.range.start);
  };
  const listener = vscode.languages.onDidChangeDiagnostics(point);
  point();
};
