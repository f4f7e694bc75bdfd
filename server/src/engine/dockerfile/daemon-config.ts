import type { Daemonising } from '../catalog/daemons.ts';
import { officialName } from '../catalog/image-ref.ts';
import { argvOf } from '../shell/argv.ts';
import { isWithin } from '../text/posix-path.ts';
import { copyOf } from './copy.ts';
import { resolvePath, workdirAt } from './facts.ts';
import { baseFamily } from './family.ts';
import type { Instruction, Stage } from './model.ts';
import { packageInstalls } from './packages.ts';
import { runOf } from './run.ts';
import { expand } from './variables.ts';
import { lineage, rootBase } from './view.ts';

/**
 * Does this daemon really leave in the containers of a stage, where its configuration could say otherwise? Only with the
 * configuration that its package or its official image brings, untouched as far as the file shows.
 */
export function leavesHere(stage: Stage, daemon: Daemonising): boolean {
  const { configuredIn, packages, label } = daemon;
  if (configuredIn === undefined) return true;
  const base = rootBase(stage);
  const instructions = lineage(stage).flatMap((each) => each.instructions);
  const isOwn = base.kind === 'image' && officialName(base.ref) === label;
  const isPackaged = packages !== undefined && instructions.some((each) => installs(each, packages));
  return (isOwn || isPackaged) && !instructions.some((each) => mayConfigure(each, { folder: configuredIn, says: /daemon\s+off|nodaemon|daemonize/, beside: /(?!)/, packaged: isPackaged ? stage : undefined }));
}

/** Does a RUN install a package of such a name? */
export function installs(instruction: Instruction, packages: RegExp): boolean {
  const run = runOf(instruction);
  return run !== undefined && packageInstalls(run).some((each) => each.packages.some(({ name }) => packages.test(name)));
}

/** What a configuration is looked through for. */
export interface Sought {
  readonly folder: string;
  /** A RUN with these words is about it. */
  readonly says: RegExp;
  /** Commands with these are about another thing. */
  readonly beside: RegExp;
  /** The stage that has it from a package. */
  readonly packaged: Stage | undefined;
}

/** Does the instruction put such a configuration in place, or change it? Those of single sites hold other things. */
export function mayConfigure(instruction: Instruction, { folder, says, beside, packaged }: Sought): boolean {
  const sites = packaged !== undefined && baseFamily(packaged) === 'alpine' ? /^\/etc\/nginx\/http\.d(?:\/|$)/ : /^\/etc\/nginx\/(?:conf\.d|sites-[a-z]+|snippets|templates)(?:\/|$)/;
  const copy = copyOf(instruction);
  if (copy !== undefined) {
    const written = copy.destination === undefined ? undefined : expand(copy.destination.text, instruction);
    const target = written === undefined || instruction.stage === undefined ? undefined : resolvePath(workdirAt(instruction.stage, instruction), written);
    if (target === undefined) return true;
    if (isWithin(target, folder) && target !== folder) return !sites.test(target);
    // Of a folder further up, only what is no single file of another name can bring it along.
    return isWithin(folder, target) && !copy.sources.every(({ text }) => isOtherFile(text, copy.keyword));
  }
  const run = runOf(instruction);
  if (run === undefined) return false;
  const { script } = run;
  if (says.test(script?.text ?? instruction.args)) return true;
  if (script === undefined) return instruction.args.includes(folder);
  return script.commands().some((command) => {
    const touched = [...command.words, ...command.redirects.flatMap(({ target }) => target ?? [])].map(({ text }) => text).filter((text) => text.includes(folder));
    return touched.some((text) => !sites.test(text)) && !beside.test(command.text) && !harmless.has(argvOf(command).name ?? '');
  });
}

const harmless: ReadonlySet<string> = new Set(['rm', 'mkdir', 'chown', 'chmod', 'chgrp', 'ls', 'cat', 'test', '[', 'touch', 'unlink']);

function isOtherFile(source: string, keyword: 'COPY' | 'ADD'): boolean {
  const name = source.slice(source.lastIndexOf('/') + 1);
  if (keyword === 'ADD' && /\.(?:tar|t?gz|t?xz|t?bz2?|zst)$/.test(name)) return false;
  return /^[\w-][\w.-]*\.[A-Za-z]\w*$/.test(name) && !/^(?:nginx|php-fpm|supervisord|unbound)\.conf$/.test(name);
}
