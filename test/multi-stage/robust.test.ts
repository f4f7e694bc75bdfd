/** Whatever stands in a file, half-typed too: no throw, and every offered conversion is lawful and final. */
import { expect, it } from 'vitest';
import { applyEdits, touches } from '../../server/src/engine/text/span.ts';
import { defaultConfig } from '../../server/src/engine/core/config.ts';
import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import { dockerfileContext } from '../../server/src/engine/session/contexts.ts';
import { WorkspaceIndex } from '../../server/src/engine/workspace/workspace-index.ts';
import rule from '../../server/src/rules/dockerfile/single-stage-build/rule.ts';
import { pageNames, pageOf } from '../rules/load.ts';
import { parseBlocks } from '../rules/fixture.ts';

const id = 'dockerfile/single-stage-build';
const samples = [...new Set(pageNames.flatMap((name) => parseBlocks(pageOf(id, name) ?? '', name)).filter(({ role }) => role === 'bad').map(({ text }) => text))];

const context = dockerfileContext(rule.meta.reads, { uri: 'Dockerfile', config: defaultConfig, index: new WorkspaceIndex() });

function problems(text: string): readonly string[] {
  return [...rule.check(parseDockerfile(text), context)].flatMap((report) =>
    (report.fixes ?? []).flatMap((fix) => {
      const outcome = fix.outcome();
      if (outcome.kind === 'refused') return /\{|report this file/.test(outcome.reason.text.en) && 'what' in outcome.reason.args ? [`lost ${String(outcome.reason.args['what'])}:\n${text}`] : [];
      const { edits } = outcome;
      if (edits.some((edit, index) => edits.some((other, at) => at > index && touches(edit.span, other.span)))) return [`edits touch:\n${text}`];
      const after = applyEdits(text, edits);
      const again = [...rule.check(parseDockerfile(after), context)];
      return again.length === 0 ? [] : [`still found:\n${after}`];
    }),
  );
}

it('has samples', () => {
  expect(samples.length).toBeGreaterThan(30);
});

it('never throws and never loses a setting when a file is cut at any line end', () => {
  const found = samples.flatMap((text) => {
    const lines = text.split('\n');
    return lines.flatMap((_, count) => problems(lines.slice(0, count).join('\n')));
  });
  expect(found).toEqual([]);
}, 60_000);

it('nor when any one line is missing, or stands twice', () => {
  const found = samples.flatMap((text) => {
    const lines = text.split('\n');
    return lines.flatMap((line, index) => [
      ...problems([...lines.slice(0, index), ...lines.slice(index + 1)].join('\n')),
      ...problems([...lines.slice(0, index), line, ...lines.slice(index)].join('\n')),
    ]);
  });
  expect(found).toEqual([]);
}, 120_000);
