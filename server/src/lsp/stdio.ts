import { Console } from 'node:console';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import { explicitPullPolicy } from '../actions/explicit-pull-policy.ts';
import { rewriteInExecForm, runUnderInitAnyway } from '../actions/rewrites.ts';
import { convertAnyway, moveBuildSteps, serveBuiltFiles } from '../actions/stage-rewrites.ts';
import { sidecarKind } from '../actions/sidecar-kind.ts';
import { nodeHost } from '../host/folders.ts';
import { sources } from '../patterns/index.ts';
import { rules } from '../rules/index.ts';
import { createServer } from './server.ts';
import { wholeMessages } from './wholeMessages.ts';

/** Put in by the bundler from package.json. */
declare const __PODWRIGHT_VERSION__: string;

/**
 * Serves one client over standard input and output until it says `exit`, closes its end, or the process whose id it
 * gave in `initialize` is gone. Nothing but the protocol reaches standard output: the console goes to standard error.
 */
export function serveStdio(): void {
  globalThis.console = new Console(process.stderr, process.stderr);
  start(createConnection(ProposedFeatures.all, process.stdin, wholeMessages(process.stdout)));
}

/** Serves over what the command line names: `--node-ipc`, `--socket=PORT`, `--pipe=NAME`; standard streams otherwise. */
export function serve(): void {
  const named = process.argv.some((argument) => /^--(?:node-ipc|socket|pipe)(?:=|$)/.test(argument));
  if (named) start(createConnection(ProposedFeatures.all));
  else serveStdio();
}

function start(connection: Connection): void {
  createServer(connection, { rules, refactorings: [runUnderInitAnyway, rewriteInExecForm, convertAnyway, serveBuiltFiles, moveBuildSteps, explicitPullPolicy, sidecarKind], patterns: sources, version: __PODWRIGHT_VERSION__, disk: nodeHost });
  connection.listen();
}
