import { defaultConfig } from '../../server/src/engine/core/config.ts';
import { type Finding, type FixOutcome, refused } from '../../server/src/engine/core/finding.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { Session } from '../../server/src/engine/session.ts';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { set } from '../../server/src/engine/yaml/edit.ts';
import { sources } from '../../server/src/patterns/index.ts';
import type { Source } from '../../server/src/patterns/scenario.ts';
import { targetAt } from '../../server/src/patterns/wire/find.ts';
import { type Choices, wire } from '../../server/src/patterns/wire/wire.ts';
import { rules } from '../../server/src/rules/index.ts';

/** A scenario by its folder: `sidecar/log-shipping`. */
export function source(path: string): Source {
  const found = sources.find(({ scenario }) => `${scenario.pattern}/${scenario.id}` === path);
  if (found === undefined) throw new Error(`no scenario ${path}`);
  return found;
}

export interface Setting {
  readonly file?: string;
  readonly version?: number;
  readonly choices?: Choices;
  /** Where the cursor stands. */
  readonly offset?: number;
}

function session(text: string, { file = 'manifest.yaml', version }: Setting): Session {
  const options = version === undefined ? {} : { config: { ...defaultConfig, kubernetesVersion: version } };
  const opened = new Session(rules, undefined, options);
  opened.update(file, 'yaml', text);
  return opened;
}

/** What adding the scenario to the workload at the cursor comes to. */
export function outcomeOf(text: string, what: Source, setting: Setting = {}): FixOutcome {
  const target = targetIn(text, setting);
  return 'refused' in target ? refused(target.refused) : wire(target, what, setting.choices);
}

function targetIn(text: string, setting: Setting): ReturnType<typeof targetAt> {
  const { file = 'manifest.yaml', offset = Math.max(0, text.search(/containers["']?:/)) } = setting;
  const opened = session(text, setting);
  return targetAt({ objects: opened.objects(file), version: opened.versionOf(file), services: [] }, offset);
}

/** The text with the pattern, or why there is none. */
export function wired(text: string, what: Source, setting: Setting = {}): { readonly text: string } | { readonly refused: string } {
  const outcome = outcomeOf(text, what, setting);
  return outcome.kind === 'refused' ? { refused: render(outcome.reason, 'en') } : { text: applyEdits(text, outcome.edits) };
}

export function lint(text: string, setting: Setting = {}): readonly Finding[] {
  return session(text, setting).lint(setting.file ?? 'manifest.yaml');
}

/** Where the lists of containers stand in a text: one place for each workload. */
export function containerLists(text: string): readonly number[] {
  return [...text.matchAll(/^[ -]*["']?containers["']?:/gm)].map(({ index, 0: match }) => index + match.length - 1);
}

/** The workload as it is, and its app says what to start: some helpers have to know. */
export function withCommand(text: string, setting: Setting = {}): string {
  const target = targetIn(text, setting);
  if ('refused' in target || !target.app.field.get('command').absent) return text;
  const outcome = set(target.app.field.get('command'), ['/app/server', '--port=8080'], { after: ['image', 'imagePullPolicy'] });
  if (outcome.kind === 'refused') throw new Error(render(outcome.reason, 'en'));
  return applyEdits(text, outcome.edits.map(({ span, newText }) => ({ span: { start: span.start + target.base, end: span.end + target.base }, newText })));
}
