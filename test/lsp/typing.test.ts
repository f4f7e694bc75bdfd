/** Typing into the server as editors run it: after each notification it says what a fresh session says of the same text. */
import { expect, it } from 'vitest';
import { DidChangeTextDocumentNotification, DidOpenTextDocumentNotification, DocumentDiagnosticRequest } from 'vscode-languageserver/node';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { abilitiesOf } from '../../server/src/lsp/abilities.ts';
import { toDiagnostic } from '../../server/src/lsp/diagnostics.ts';
import { rules } from '../../server/src/rules/index.ts';
import { ownFiles } from '../corpus/corpus.ts';
import { kindOfFile } from '../corpus/judge.ts';
import { dice, typist } from '../corpus/typing.ts';
import { linterOf } from '../rules/linter.ts';
import { initialize, processes } from './process.ts';
import { modern } from './support.ts';

const { start, server } = processes('test-typing');
const lint = linterOf(rules);
const examples = ownFiles().filter(({ path }) => path.startsWith('examples'));

it('is followed keystroke by keystroke', async () => {
  const { connection } = start([server, '--stdio']);
  await initialize(connection);
  const abilities = abilitiesOf({ capabilities: modern });
  let compared = 0;
  for (const file of examples) {
    const kind = kindOfFile(file);
    const name = file.path.replaceAll('/', '-').replace(/^(.*)-Dockerfile$/, 'Dockerfile.$1');
    const uri = `file:///fixture/${name}`;
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: kind, version: 0, text: file.text } });
    const type = typist(file.text, dice(5));
    for (let version = 1; version <= 30; version += 1) {
      const { changes, text } = type();
      await connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges: changes });
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
      const wanted = lint(name, kind, text).map((finding) => toDiagnostic(finding, new SourceText(text), uri, abilities));
      expect(report.kind === 'full' ? report.items : undefined, `${name}, version ${String(version)}`).toEqual(wanted);
      compared += wanted.length;
    }
  }
  expect(compared).toBeGreaterThan(30);
}, 120_000);
