import { inits, type InitName } from '../engine/catalog/inits.ts';
import { edits, refused, type FixOutcome } from '../engine/core/finding.ts';
import type { Stage } from '../engine/dockerfile/model.ts';
import { hidesApplication, obstinacyOf } from '../engine/dockerfile/shutdown.ts';
import type { Start } from '../engine/dockerfile/start.ts';
import { keepsMeaning } from './init/check.ts';
import { installation } from './init/install.ts';
import { reason } from './init/reasons.ts';
import { rewrite } from './init/rewrite.ts';

/** The inits to offer for a command, best first: dumb-init where a package has it, for tini needs no download elsewhere. */
export function initsFor(start: Start): readonly InitName[] {
  const installed = installation(ownerOf(start), inits['dumb-init']);
  return installed.kind === 'refused' || installed.how === 'copy' ? ['tini', 'dumb-init'] : ['dumb-init', 'tini'];
}

/** The stage whose instruction names the command: what other stages take from it, they take with the init. */
function ownerOf(start: Start): Stage {
  return start.anchor.instruction.stage ?? start.stage;
}

/**
 * Runs the command of a stage under an init: installs it from a package of the base image, or copies a static one, and makes it process 1
 * without hiding an ENTRYPOINT or emptying a CMD of the base image. Refuses with the reason where that cannot be done,
 * or would not help. The edits are proved on the text they make before they are offered.
 */
export function runUnderInit(start: Start, name: InitName): FixOutcome {
  const init = inits[name];
  const obstinacy = obstinacyOf(start);
  if (obstinacy !== undefined) return refused(reason(obstinacy.kind, { program: obstinacy.program }));
  const installed = installation(ownerOf(start), init);
  if (installed.kind === 'refused') return refused(installed.reason);
  const rewritten = rewrite({ start, init, installed, hides: hidesApplication(start) });
  if (rewritten.kind === 'refused') return refused(rewritten.reason);
  const all = [...installed.edits, ...rewritten.edits];
  return keepsMeaning(start, all, init) ? edits(all) : refused(reason('unchecked'));
}
