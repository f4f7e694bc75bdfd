import { dataDirsOf, isDataPath } from '../catalog/data-dirs.ts';
import { dataServer, dataService } from '../catalog/data-servers.ts';
import { namedDirectory } from '../catalog/named-dirs.ts';
import { daemonising } from '../catalog/daemons.ts';
import { serviceOf } from '../catalog/system-services.ts';
import { argvOf } from '../shell/argv.ts';
import { flagValue } from '../shell/flag-value.ts';
import { cleanPath, isWithin } from '../text/posix-path.ts';
import type { Span } from '../text/span.ts';
import { copyOf } from './copy.ts';
import { installs } from './daemon-config.ts';
import { resolvePath, stageFacts, workdirAt } from './facts.ts';
import { distributionOf } from './family.ts';
import type { Instruction } from './model.ts';
import { pairsOf } from './pairs.ts';
import { runOf } from './run.ts';
import type { Start } from './start.ts';
import { placesOf } from './start-words.ts';
import { expand } from './variables.ts';
import { lineage, rootBase } from './view.ts';

/** Data that the program of an image keeps in a directory which is no volume. */
export interface StoredData {
  readonly path: string;
  readonly keeps: 'store' | 'cache' | 'named';
  /** The program, or the flag or variable that names the directory. */
  readonly by: string;
  readonly span: Span;
}

/** Undefined where nothing is kept, on a volume, or where the build itself fills the directory: such data is part of the image. */
export function storedData(start: Start): StoredData | undefined {
  const data = ofServer(start) ?? ofNamed(start);
  if (data === undefined) return undefined;
  const { volumes } = stageFacts(start.stage);
  if (volumes.some(({ value }) => value === undefined)) return undefined;
  const declared = [...volumes.map(({ value = '/' }) => cleanPath(value)), ...baseVolumes(start)];
  if (declared.some((each) => isWithin(data.path, each) || isWithin(each, data.path))) return undefined;
  return lineage(start.stage).some((stage) => stage.instructions.some((each) => fills(each, data))) ? undefined : data;
}

/** Where a known base image keeps data: official images declare these directories volumes. */
function baseVolumes({ stage }: Start): readonly string[] {
  const base = rootBase(stage);
  const row = base.kind === 'image' ? dataDirsOf(base.ref) : undefined;
  return row === undefined ? [] : [...(row.volumes ?? []), ...(row.paths === 'operand' ? [] : row.paths)];
}

/** A database that this file installs from a package and starts. */
function ofServer(start: Start): StoredData | undefined {
  const { argv, stage, script, anchor } = start;
  const commands = script === undefined ? [argv] : script.commands().map(argvOf);
  for (const { program, name = '', args } of commands) {
    const service = serviceOf(daemonising([program, ...args])?.label ?? '');
    const server = service === undefined ? dataServer(name) : dataService(service);
    if (server === undefined || !lineage(stage).some((each) => each.instructions.some((one) => installs(one, server.packages)))) continue;
    if (args.some((arg) => arg === undefined || server.configuration?.test(arg) === true || /^(?:--help|--version|--initialize)/.test(arg))) return undefined;
    const words = args.map((arg) => arg ?? '');
    const said = flagValue(words, server.flags) ?? (server.variable === undefined ? undefined : stageFacts(stage).env.get(server.variable)?.value) ?? server.path;
    return said === undefined || !isDataPath(said) ? undefined : { path: cleanPath(said), keeps: server.keeps, by: service ?? name, span: anchor.span };
  }
  return undefined;
}

/** A directory that a flag or a variable names, on a base image that is known: another one may declare the volume. */
function ofNamed(start: Start): StoredData | undefined {
  const { stage, words, argv, script } = start;
  const family = distributionOf(stage);
  if (family?.evidence !== 'image') return undefined;
  const { env } = stageFacts(stage);
  const variables = [...env].map(([name, { value }]) => ({ name, value: value ?? '' }));
  const own = script === undefined ? words : argv.args;
  const named = namedDirectory(own.map((word) => word ?? ''), variables);
  if (named === undefined) return undefined;
  const { by, path, at } = named;
  const place = at === undefined || script !== undefined ? undefined : placesOf(start)[at];
  const definition = env.get(by)?.instruction;
  const pair = definition === undefined ? undefined : pairsOf(definition).findLast(({ name }) => name === by);
  const span = at === undefined ? pair?.span : script !== undefined ? start.anchor.span : place?.command.wordSpans[place.at];
  return span === undefined ? undefined : { path, keeps: 'named', by, span };
}

/** Makes a directory without putting anything into it. */
const makers: ReadonlySet<string> = new Set(['mkdir', 'install', 'chown', 'chmod', 'chgrp', 'rm', 'touch', 'useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'ls', 'set', 'echo']);

/** Does the build put data into the directory, or use it? */
function fills(instruction: Instruction, { path, keeps }: StoredData): boolean {
  const copy = copyOf(instruction);
  if (copy?.destination !== undefined && instruction.stage !== undefined) {
    const target = resolvePath(workdirAt(instruction.stage, instruction), expand(copy.destination.text, instruction) ?? '?');
    // A folder that is copied to a place further up may bring the directory along.
    const isFolder = copy.sources.some(({ text }) => !/[^./]\.\w+$/.test(text));
    return target === undefined || isWithin(target, path) || (keeps === 'named' && isFolder && isWithin(path, target));
  }
  const run = runOf(instruction);
  if (run === undefined) return false;
  if (run.script === undefined) return instruction.args.includes(path);
  const mentions = (text: string): boolean => text.includes(path) || (expand(text, instruction) ?? '').includes(path);
  return run.script.commands().some((command) => {
    const name = argvOf(command).name ?? '';
    const words = [...command.words, ...command.redirects.flatMap(({ target }) => target ?? [])].map(({ text }) => text);
    return (!makers.has(name) && words.some(mentions)) || dataServer(name) !== undefined || startsServer(command.words.map(({ value }) => value));
  });
}

/** `service mysql start`: what is set up with it goes into its directory. */
function startsServer(words: readonly (string | undefined)[]): boolean {
  return dataService(serviceOf(daemonising(words)?.label ?? '') ?? '') !== undefined;
}
