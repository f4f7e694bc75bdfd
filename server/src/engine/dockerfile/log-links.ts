import { type LogPlaces, logPlaces } from '../catalog/log-places.ts';
import type { TextEdit } from '../text/span.ts';
import { isWithin } from '../text/posix-path.ts';
import { mayConfigure } from './daemon-config.ts';
import { insertAfter } from './edit.ts';
import { stageFacts, userAt } from './facts.ts';
import type { Instruction } from './model.ts';
import { packageInstalls } from './packages.ts';
import { runOf } from './run.ts';
import type { Start } from './start.ts';
import { lineage } from './view.ts';

/** Log files of a packaged server that nothing in the file redirects. */
export interface LogLinks {
  readonly places: LogPlaces;
  /** Links them to the output of the container, where their directory exists and root may write; undefined where that is not sure. */
  readonly edit: TextEdit | undefined;
}

const redirects = /access_log|error_log|CustomLog|ErrorLog|\/dev\/std(?:out|err)|\/proc\/(?:self|1)\/fd/;

/** Undefined where the program is not from a package of this file, or the file says where it logs, or keeps its logs on a volume. */
export function logLinks(start: Start, program: string): LogLinks | undefined {
  const { stage } = start;
  const instructions = lineage(stage).toReversed().flatMap((each) => each.instructions);
  const installer = (packages: RegExp, managers: readonly string[]): Instruction | undefined =>
    instructions.findLast((each) => {
      const run = runOf(each);
      return run !== undefined && packageInstalls(run).some(({ manager, packages: all }) => managers.includes(manager) && all.some(({ name }) => packages.test(name)));
    });
  const places = logPlaces(program, (packages, managers) => installer(packages, managers) !== undefined);
  const install = places === undefined ? undefined : installer(places.packages, places.managers);
  const [first] = places?.files ?? [];
  if (places === undefined || install === undefined || first === undefined) return undefined;
  const { configuredIn: folder, files } = places;
  if (stageFacts(stage).volumes.some(({ value }) => value === undefined || isWithin(first[0], value))) return undefined;
  if (instructions.some((each) => mayConfigure(each, { folder, says: redirects, beside: /daemon\s+off|ServerName|a2en|a2dis/, packaged: stage }))) return undefined;
  const cleaner = instructions.findLast((each) => each.index > install.index && runOf(each)?.script?.text.includes('/var/log') === true);
  const last = cleaner ?? install;
  const isRoot = userAt(last) === undefined || /^(?:root|0)(?::|$)/.test(userAt(last)?.value ?? '');
  return { places, edit: isRoot ? insertAfter(last, [linkLine(last, files)]) : undefined };
}

function linkLine(install: Instruction, files: LogPlaces['files']): string {
  const written = install.file.source.slice(install.keywordSpan);
  const { escape } = install.file;
  const { eol } = install.file.source;
  return `${written} ${files.map(([path, target]) => `ln -sf ${target} ${path}`).join(` ${escape}${eol} && `)}`;
}
