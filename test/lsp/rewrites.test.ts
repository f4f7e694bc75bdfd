import { describe, expect, it } from 'vitest';
import { runUnderInitAnyway } from '../../server/src/actions/rewrites.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';

function rewritten(text: string, at: string): readonly string[] {
  const start = text.indexOf(at);
  const found = runUnderInitAnyway.at('dockerfile', new SourceText(text), { start, end: start });
  return [...found].map(({ edits }) => applyEdits(text, edits));
}

const server = 'FROM debian:trixie-slim\nCOPY server /server\nCMD ["/server"]\n';

describe('running under an init though no finding asks for it', () => {
  it('is offered on the start command', () => {
    expect(rewritten(server, 'CMD')[0]).toContain('ENTRYPOINT ["/usr/bin/dumb-init", "--"]\nCMD ["/server"]\n');
  });

  it('is not offered elsewhere, twice, or where the rule has its own fixes', () => {
    expect(rewritten(server, 'COPY')).toEqual([]);
    expect(rewritten('FROM debian:trixie-slim\nCMD ["dumb-init", "/server"]\n', 'CMD')).toEqual([]);
    expect(rewritten('FROM node:24\nEXPOSE 80\nCMD ["node", "a.js"]\n', 'CMD')).toEqual([]);
  });
});
