import { refused, type FixOutcome } from '../../engine/core/finding.ts';
import type { Message } from '../../engine/core/message.ts';
import type { Stage } from '../../engine/dockerfile/model.ts';
import { isDevelopmentFile, isDevelopmentStage } from '../../engine/dockerfile/purpose.ts';
import { rootBase } from '../../engine/dockerfile/view.ts';
import type { BuildContext } from '../../engine/workspace/build-context.ts';
import { contextFiles } from './context-files.ts';
import { convert } from './convert.ts';
import { baseText, officialImage } from './images.ts';
import { isRefusal, type Candidate, type Recipe, type Recognition } from './recipe.ts';
import { recipes } from './recipes.ts';
import { purges } from './runs.ts';
import { siteOf, type Site } from './site.ts';
import { splitOf } from './split.ts';
import { inheritedStart, startOf, type Start } from './start.ts';

/** A stage that builds what it runs. */
export interface SingleStage extends Recognition {
  readonly site: Site;
  readonly start: Start;
  readonly recipe: Recipe;
}

/** One way to split a stage. */
export interface Conversion {
  readonly key: Candidate['key'];
  /** The final base; undefined where the conversion refuses. */
  readonly base: string | undefined;
  readonly outcome: () => FixOutcome;
}

/** Is the stage's own build what its containers run? Undefined where it is not, or cannot be seen. */
export function singleStage(stage: Stage, build?: BuildContext): SingleStage | undefined {
  const root = rootBase(stage);
  const base = root.kind === 'image' ? officialImage(root.ref) : undefined;
  const possible = recipes.filter(({ mayBe }) => mayBe(stage.file.source.text, base));
  const start = possible.length === 0 ? undefined : (startOf(stage) ?? inheritedStart(stage));
  if (start === undefined) return undefined;
  const site = siteOf(stage, build === undefined ? undefined : (steps) => contextFiles(steps, build));
  for (const recipe of possible) {
    const recognition = recipe.recognise(site, start);
    if (recognition !== undefined) return { ...recognition, site, start: recognition.start ?? start, recipe };
  }
  return undefined;
}

/** Does the file itself show that a build stage would win something? */
export function isWorthSaying({ isQuiet = false, sdk, step }: SingleStage): boolean {
  return !isQuiet && (sdk || !purges(step));
}

/** Is it there to work in, to test by or to build others on, so that nobody asks for a small image? */
export function isForBuilding(stage: Stage, path: string): boolean {
  return isDevelopmentFile(path) || isDevelopmentStage(stage) || stage.file.instructions.some(({ keyword }) => keyword === 'ONBUILD');
}

/** Every way to split the stage, best first; none for ecosystems that are only recognised. */
export function conversions(single: SingleStage): readonly Conversion[] {
  const { site, start, recipe } = single;
  const { plan: planner } = recipe;
  if (recipe.habits === undefined || planner === undefined) return [];
  const plan = planner(site, start, single);
  if (isRefusal(plan)) return [refusal(plan.refused)];
  const habits = plan.habits ?? recipe.habits;
  const split = splitOf(site, start, habits, plan);
  if (isRefusal(split)) return [refusal(split.refused)];
  const candidates = plan.candidates(split.needs);
  if (isRefusal(candidates)) return [refusal(candidates.refused)];
  return candidates.map((candidate) => ({
    key: candidate.key,
    base: baseText(site, candidate.runtime),
    outcome: () => convert(site, habits, plan, split, candidate),
  }));
}

function refusal(reason: Message): Conversion {
  return { key: 'multi-stage', base: undefined, outcome: () => refused(reason) };
}
