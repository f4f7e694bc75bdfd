import { isArchived, isOldImage, lacksInit, type Init, type InitManager } from '../../engine/catalog/inits.ts';
import type { Message } from '../../engine/core/message.ts';
import { baseImage } from '../../engine/dockerfile/base-image.ts';
import { insertAfter } from '../../engine/dockerfile/edit.ts';
import { stageFacts, userAt } from '../../engine/dockerfile/facts.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import { memo } from '../../engine/dockerfile/memo.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { managerUsed, packageInstalls } from '../../engine/dockerfile/packages.ts';
import { isWindows } from '../../engine/dockerfile/platform.ts';
import { runOf } from '../../engine/dockerfile/run.ts';
import { expand } from '../../engine/dockerfile/variables.ts';
import { lineage, rootBase } from '../../engine/dockerfile/view.ts';
import type { TextEdit } from '../../engine/text/span.ts';
import { headOf, inStyle, installCommands } from './lines.ts';
import { presentInit } from './present.ts';
import { reason } from './reasons.ts';
import { staticCopy } from './static-copy.ts';

/** How a stage comes to an init. */
export type Installation =
  | {
      readonly kind: 'installed';
      readonly how: 'present' | 'package' | 'copy';
      /** None where the stage has it already. */
      readonly edits: readonly TextEdit[];
      /** For ENTRYPOINT. */
      readonly path: string;
      /** For CMD, behind an entrypoint script of the base image: the bare name where it is on the PATH. */
      readonly command: string;
    }
  | { readonly kind: 'refused'; readonly reason: Message };

/** Finds the init in a stage, or the place and the way to install it there: as a package, else as a static copy. */
export function installation(stage: Stage, init: Init): Installation {
  const known = installations(stage);
  const made = known.get(init) ?? install(stage, init);
  known.set(init, made);
  return made;
}

/** Asked for by the check and by each of its fixes. */
const installations = memo((_: Stage): Map<Init, Installation> => new Map());

function install(stage: Stage, init: Init): Installation {
  const found = presentInit(stage, init);
  if (found !== undefined) {
    const command = /^(?:\/usr(?:\/local)?)?\/s?bin\/[^/]+$/.test(found) ? found.slice(found.lastIndexOf('/') + 1) : found;
    return { kind: 'installed', how: 'present', edits: [], path: found, command };
  }
  if (isWindows(stage)) return refused(reason('windows'));
  const source = sourceOf(stage, init);
  const edits = source === undefined ? undefined : placed(stage, source, init);
  if (source !== undefined && edits !== undefined) {
    // Wolfi has apk too, but other directories than Alpine.
    const path = distributionOf(stage)?.family === 'wolfi' ? init.name : init.paths[source];
    return { kind: 'installed', how: 'package', edits, path, command: init.name };
  }
  const copy = staticCopy(stage, init);
  if (copy.kind === 'refused') return copy;
  return { kind: 'installed', how: 'copy', edits: copy.edits, path: copy.path, command: copy.path };
}

/** The package manager that has the init; undefined where none has, or nobody knows. */
function sourceOf(stage: Stage, init: Init): InitManager | undefined {
  const base = rootBase(stage);
  const distribution = distributionOf(stage);
  switch (distribution?.family) {
    case 'alpine':
    case 'wolfi':
      return 'apk';
    case 'ubuntu':
      return lacksInit(init, distribution.release) ? undefined : 'apt';
    case 'debian': {
      const gone = isArchived(distribution.release) || (base.kind === 'image' && distribution.release === undefined && isOldImage(base.ref));
      // Who installs other packages there has found a mirror that works.
      return gone && !uses(stage, 'apt') ? undefined : 'apt';
    }
    // Not packaged for Red Hat and its kin; no package manager in the others.
    case 'rhel':
    case 'busybox':
    case 'distroless':
    case 'scratch':
    case 'windows':
    case undefined:
      return undefined;
  }
}

function uses(stage: Stage, manager: InitManager): boolean {
  return lineage(stage).some((each) => each.instructions.some((instruction) => managerOf(instruction) === manager));
}

function managerOf(instruction: Instruction): string | undefined {
  const run = runOf(instruction);
  return run === undefined ? undefined : managerUsed(run);
}

/**
 * Behind the last package installation that root makes, else at the head of the stage, before sources are copied, so
 * that the layer stays in the cache. Undefined where the user in force there could not be restored.
 */
function placed(stage: Stage, manager: InitManager, init: Init): readonly TextEdit[] | undefined {
  const install = inStyle(stage, `RUN ${installCommands[manager](init.name)}`);
  const packages = stage.instructions.findLast((each) => installsBy(each, manager) && runsAsRoot(each));
  if (packages !== undefined) return [insertAfter(packages, [install])];
  const head = headOf(stage);
  const user = userBefore(stage);
  if (isRoot(user)) return [insertAfter(head, [install])];
  const root = stage.instructions.find((each) => each.keyword === 'USER' && isRoot(userOf(each)));
  if (root !== undefined) return [insertAfter(root, [install])];
  if (user === undefined || user.includes('$')) return undefined;
  return [insertAfter(head, [inStyle(stage, 'USER root'), install, inStyle(stage, `USER ${user}`)])];
}

function installsBy(instruction: Instruction, manager: InitManager): boolean {
  const run = runOf(instruction);
  return run !== undefined && packageInstalls(run).some((each) => each.manager === manager);
}

function runsAsRoot(instruction: Instruction): boolean {
  const fact = userAt(instruction);
  return isRoot(fact === undefined ? baseUser(instruction.stage) : userOf(fact.instruction));
}

/** The user in force at the head of a stage, as written; undefined for what an unknown image has, which is mostly root. */
function userBefore(stage: Stage): string | undefined {
  const { base } = stage;
  if (base.kind !== 'stage') return baseUser(stage);
  const fact = stageFacts(base.stage).user;
  return fact === undefined ? baseUser(stage) : userOf(fact.instruction);
}

function baseUser(stage: Stage | undefined): string | undefined {
  return stage === undefined ? undefined : baseImage(stage)?.user;
}

/** What USER comes to; as written where only a build knows it. */
function userOf(instruction: Instruction): string {
  return expand(instruction.args, instruction) ?? instruction.args;
}

function isRoot(user: string | undefined): boolean {
  return user === undefined || /^(?:root|0)(?::|$)/.test(user);
}

function refused(why: Message): Installation {
  return { kind: 'refused', reason: why };
}
