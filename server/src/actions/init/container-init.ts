import { inits, type InitName, initWordsOf } from '../../engine/catalog/inits.ts';
import type { ImageRef } from '../../engine/catalog/image-ref.ts';
import type { Stage } from '../../engine/dockerfile/model.ts';
import { startOf } from '../../engine/dockerfile/start.ts';
import { parseDockerfile, rootBase } from '../../engine/dockerfile/view.ts';
import { applyEdits, type TextEdit } from '../../engine/text/span.ts';
import { builtStage } from '../../engine/workspace/image-facts.ts';
import { settings } from './check.ts';
import { installation } from './install.ts';
import { presentInit } from './present.ts';

/** An init for a container whose `command` takes the place of what its image starts. */
export interface ContainerInit {
  /** `tini`, `dumb-init`. */
  readonly name: string;
  /** What goes in front of the command: `tini -g --`. */
  readonly words: readonly string[];
  /** What the image's Dockerfile lacks for it; empty where the image has it. */
  readonly edits: readonly TextEdit[];
}

/** Inits that only run what stands behind them; others, such as s6-overlay, start services of their own. */
const plain: ReadonlySet<string> = new Set(['tini', 'tini-static', 'dumb-init', 'catatonit']);

/** The init of an image from elsewhere. */
export function initOfImage(ref: ImageRef): ContainerInit | undefined {
  const words = initWordsOf(ref);
  return words === undefined ? undefined : { name: nameOf(words), words, edits: [] };
}

/** The inits for an image that is built here, best first: the one that it has, else those that its Dockerfile can install. */
export function initsOfStage(stage: Stage): readonly ContainerInit[] {
  const own = startOf(stage)?.argv.wrappers.find(({ name }) => plain.has(name))?.words;
  if (own?.every((word) => word !== undefined) === true) return [{ name: nameOf(own), words: own.at(-1) === '--' ? own : [...own, '--'], edits: [] }];
  const base = rootBase(stage);
  const inherited = base.kind === 'image' ? initOfImage(base.ref) : undefined;
  if (inherited !== undefined) return [inherited];
  const names: readonly InitName[] = ['tini', 'dumb-init'];
  const held = names.filter((name) => presentInit(stage, inits[name]) !== undefined);
  return (held.length > 0 ? held : names).flatMap((name) => installed(stage, name) ?? []);
}

function installed(stage: Stage, name: InitName): ContainerInit | undefined {
  const init = inits[name];
  const found = installation(stage, init);
  if (found.kind === 'refused' || !isOnlyAddition(stage, found.edits)) return undefined;
  return { name, words: [found.command, ...init.options, '--'], edits: found.edits };
}

/** What a text of the Dockerfile lacks for an init that was offered for one of its stages; undefined where the init would be another one by now. */
export function missingIn(text: string, target: string | undefined, { name, words }: ContainerInit): readonly TextEdit[] | undefined {
  const stage = builtStage(parseDockerfile(text), target);
  const now = stage === undefined ? undefined : initsOfStage(stage).find((each) => each.name === name);
  return now?.words.join(' ') === words.join(' ') ? now.edits : undefined;
}

/** Reads the Dockerfile as the edits leave it: every stage is there, and this one starts the same with the same settings. */
function isOnlyAddition(stage: Stage, edits: readonly TextEdit[]): boolean {
  if (edits.length === 0) return true;
  const { file } = stage;
  const after = parseDockerfile(applyEdits(file.source.text, edits));
  const isLast = file.stages.at(-1) === stage;
  const same = builtStage(after, isLast ? undefined : stage.name);
  if (same === undefined || after.problems.length > file.problems.length || (!isLast && stage.name === undefined)) return false;
  return settings(same) === settings(stage) && JSON.stringify(startOf(same)?.words) === JSON.stringify(startOf(stage)?.words);
}

function nameOf([program = '']: readonly string[]): string {
  return program.slice(program.lastIndexOf('/') + 1);
}
