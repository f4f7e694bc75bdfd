import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import type { LanguageClient } from 'vscode-languageclient/node';
import { selector } from './selector.ts';

/** Says in the language status whether files are being checked, and offers what helps. */
export function createStatus(client: LanguageClient): vscode.Disposable {
  const documents = selector.map((language) => ({ language }));
  const item = vscode.languages.createLanguageStatusItem('podwright.status', documents);
  item.name = 'Podwright';
  const show = (state: State): void => {
    const running = state === State.Running || state === State.Starting;
    item.text = label(state);
    item.detail = 'Podwright';
    item.busy = state === State.Starting;
    item.severity = running ? vscode.LanguageStatusSeverity.Information : vscode.LanguageStatusSeverity.Error;
    item.command = running
      ? { title: vscode.l10n.t('Show Output'), command: 'podwright.showOutput' }
      : { title: vscode.l10n.t('Restart'), command: 'podwright.restartServer' };
  };
  show(State.Starting);
  const listener = client.onDidChangeState(({ newState }) => {
    show(newState);
  });
  return vscode.Disposable.from(item, listener);
}

function label(state: State): string {
  switch (state) {
    case State.Running:
      return vscode.l10n.t('Checking manifests and Dockerfiles');
    case State.Starting:
      return vscode.l10n.t('Starting');
    case State.Stopped:
    case State.StartFailed:
      return vscode.l10n.t('Stopped');
  }
}
