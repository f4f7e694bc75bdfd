import type { Init, InitManager } from '../../engine/catalog/inits.ts';
import { copyOf } from '../../engine/dockerfile/copy.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { packageInstalls } from '../../engine/dockerfile/packages.ts';
import { runOf } from '../../engine/dockerfile/run.ts';
import { lineage } from '../../engine/dockerfile/view.ts';

/** Where a stage already has this init, though it does not start it: as a package, copied, or downloaded. */
export function presentInit(stage: Stage, init: Init): string | undefined {
  for (const instruction of lineage(stage).flatMap((each) => each.instructions)) {
    const path = packaged(instruction, init) ?? copied(instruction, init) ?? downloaded(instruction, init);
    if (path !== undefined) return path;
  }
  return undefined;
}

function packaged(instruction: Instruction, init: Init): string | undefined {
  const run = runOf(instruction);
  if (run === undefined) return undefined;
  // What stands in a virtual package is removed again.
  const found = packageInstalls(run).find(({ packages, virtual }) => virtual === undefined && packages.some(({ name }) => name === init.name));
  return found !== undefined && isInitManager(found.manager) ? init.paths[found.manager] : undefined;
}

function isInitManager(manager: string): manager is InitManager {
  return manager === 'apt' || manager === 'apk';
}

function copied(instruction: Instruction, init: Init): string | undefined {
  const copy = copyOf(instruction);
  const { destination, sources } = copy ?? { destination: undefined, sources: [] };
  const [source] = sources;
  if (destination === undefined || source === undefined || sources.length !== 1) return undefined;
  const target = destination.text.endsWith('/') ? destination.text + source.text.slice(source.text.lastIndexOf('/') + 1) : destination.text;
  return isInitPath(target, init) ? target : undefined;
}

/** `curl -o /usr/local/bin/dumb-init …` */
function downloaded(instruction: Instruction, init: Init): string | undefined {
  const commands = runOf(instruction)?.script?.commands() ?? [];
  return commands.flatMap((command) => command.words).find(({ value }) => value !== undefined && isInitPath(value, init))?.value;
}

function isInitPath(path: string, init: Init): boolean {
  return path.endsWith(`/${init.name}`) && /^\/[\w./-]*$/.test(path);
}
