import type { Uri } from 'vscode';

/** Language ids whose documents go to the server, whatever file system they live on. */
export const selector: readonly string[] = ['yaml', 'helm', 'dockerfile', 'containerfile'];

/** Schemes of documents that are no files of the user: notebook cells, and what source control and output views show. */
const foreign: ReadonlySet<string> = new Set([
  'vscode-notebook-cell',
  'vscode-interactive',
  'git',
  'gitlens',
  'review',
  'pr',
  'scm-history-item',
  'chat-editing-text-model',
  'output',
]);

export function isOurs(uri: Pick<Uri, 'scheme'>): boolean {
  return !foreign.has(uri.scheme);
}
