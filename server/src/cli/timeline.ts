import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RuleSet } from '../engine/rule-kinds.ts';
import { ruleIds, Session } from '../engine/session.ts';
import { SourceText } from '../engine/text/source.ts';
import { WorkspaceIndex } from '../engine/workspace/workspace-index.ts';
import { decode, readText } from '../host/node.ts';
import { jsonVersion, timelineData } from '../timeline/json.ts';
import { timelineMermaid } from '../timeline/mermaid.ts';
import type { Pictured } from '../timeline/pictured.ts';
import { pictureOf } from '../timeline/picture.ts';
import { timelineSvg } from '../timeline/svg/document.ts';
import { timelineText } from '../timeline/text.ts';
import type { TimelineOptions } from './args.ts';
import { failure } from './check-file.ts';
import { lookOnce, show } from './collect.ts';
import { kindOfText } from './examine.ts';
import { widthOf } from './format/columns.ts';
import { styleOf } from './format/style.ts';
import type { Voice } from './format/voice.ts';
import { exit, type Io, sayIn, type Say, UsageError } from './io.ts';
import { findSurroundings, readSurroundings } from './surroundings.ts';
import { texts } from './texts.ts';

interface Tools {
  readonly io: Io;
  readonly rules: RuleSet;
  readonly voice: Voice;
}

const columnsOfNone = 110;

/** `podwright timeline`: shows the Pods of one file, and returns the exit code. */
export async function tellTimeline(options: TimelineOptions, { io, rules, voice }: Tools): Promise<number> {
  const say = sayIn(voice.locale);
  const isStdin = options.path === '-';
  const named = isStdin ? (options.stdinFilename ?? '') : options.path;
  const path = resolve(io.cwd, named === '' ? 'stdin.yaml' : named);
  const shown = named === '' ? say(texts.stdin) : show(io.cwd, path);
  const file = isStdin ? decode(await io.stdin()) : readText(path);
  if (file.kind !== 'text') {
    const { text, code = '' } = failure(shown, file);
    throw new UsageError(`${shown}: ${say(text, { code })}`);
  }
  const all = kindOfText(path, file.text, true) === 'yaml' ? await pictures(path, file.text, options, io, rules) : [];
  if (all === 'ignored') throw new UsageError(`${shown}: ${say(texts.ignored)}`);
  const chosen = all.filter(({ place }) => isChosen(place, options.name));
  if (chosen.length === 0) {
    const names = all.map(({ place }) => place).join(', ');
    io.err(`podwright: ${shown}: ${names === '' ? say(texts.noWorkload) : say(texts.noSuchWorkload, { name: options.name ?? '', names })}\n`);
    return exit.nothing;
  }
  checkContainer(chosen, options, say);
  io.out(render(chosen, options, voice, io, `${shown}: ${say(texts.severalWorkloads, { names: chosen.map(({ place }) => place).join(', ') })}`));
  return exit.clean;
}

/** What the file holds, read as `podwright check` reads it: with its configuration, and what overlays supply. */
async function pictures(path: string, text: string, { failing }: TimelineOptions, { breathe }: Io, rules: RuleSet): Promise<readonly Pictured[] | 'ignored'> {
  const session = new Session(rules, new WorkspaceIndex(ruleIds(rules)));
  const surroundings = await findSurroundings([{ path, from: undefined }], lookOnce());
  await readSurroundings(session.index, surroundings, { read: readText, breathe, withConfigs: true });
  const uri = pathToFileURL(path).href;
  if (session.index.configOf(uri).isIgnored) return 'ignored';
  const source = new SourceText(text);
  session.update(uri, 'yaml', source);
  const slices = session.podsSlices(uri);
  for (;;) {
    const step = slices.next();
    if (step.done === true) {
      const { pods = [], version = 0 } = step.value ?? {};
      return pods.flatMap((pod) => pictureOf(pod, version, source, failing) ?? []);
    }
    await breathe();
  }
}

/** `web` is every workload of that name, `Deployment/web` one of that kind. */
function isChosen(place: string, name: string | undefined): boolean {
  return name === undefined || place === name || place.slice(place.indexOf('/') + 1) === name;
}

function checkContainer(chosen: readonly Pictured[], { failing }: TimelineOptions, say: Say): void {
  if (failing === undefined || chosen.some(({ timeline }) => timeline.failure !== undefined)) return;
  const names = [...new Set(chosen.flatMap(({ timeline }) => timeline.containers.map(({ name }) => name)))];
  throw new UsageError(say(texts.noSuchContainer, { name: failing.container, names: names.join(', ') }));
}

function render(chosen: readonly Pictured[], { format }: TimelineOptions, { locale, isColored, columns = columnsOfNone }: Voice, io: Io, tooMany: string): string {
  if (format === 'json') return `${JSON.stringify({ version: jsonVersion, workloads: chosen.map((each) => timelineData(each, locale)) }, undefined, 2)}\n`;
  if (format === 'text') {
    const { bold, dim } = styleOf(isColored);
    return chosen.map((each) => timelineText(each, { locale, columns, isAscii: lacksLetters(io), bold, dim, width: widthOf })).join('\n');
  }
  const [only, another] = chosen;
  if (only === undefined || another !== undefined) throw new UsageError(tooMany);
  return format === 'svg' ? `${timelineSvg(only, locale)}\n` : timelineMermaid(only, locale);
}

/** A terminal or a locale that says it has ASCII and nothing else. Where nobody says anything, everything is UTF-8 today. */
function lacksLetters({ env }: Pick<Io, 'env'>): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return env['TERM'] === 'dumb' || locale === 'C' || locale === 'POSIX';
}
