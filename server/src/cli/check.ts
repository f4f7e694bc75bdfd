import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { configNames } from '../engine/core/config-keys.ts';
import type { Config } from '../engine/core/config.ts';
import { severities } from '../engine/core/finding.ts';
import { globFilter } from '../engine/core/glob.ts';
import type { Locale } from '../engine/core/message.ts';
import type { RuleSet } from '../engine/rule-kinds.ts';
import { ruleIds, Session } from '../engine/session.ts';
import { configFindings } from '../engine/session/own.ts';
import { readConfig } from '../engine/workspace/config-file.ts';
import { isIgnoredBy } from '../engine/workspace/nearest-config.ts';
import { fileKey } from '../engine/workspace/paths.ts';
import { WorkspaceIndex } from '../engine/workspace/workspace-index.ts';
import { decode, type ReadFailure, readText, replaceText } from '../host/node.ts';
import type { CheckOptions } from './args.ts';
import { type Candidate, collect, lookOnce, reasonOf, show } from './collect.ts';
import { examine, kindOfText, reportOn } from './examine.ts';
import { offerOf } from './format/offer.ts';
import { type FileReport, noTotals, type Reporter, type Totals, type Trouble } from './format/report.ts';
import { exit, type Io } from './io.ts';
import { configOf, readSurroundings } from './surroundings.ts';
import { texts } from './texts.ts';

interface Run {
  readonly options: CheckOptions;
  readonly io: Io;
  readonly locale: Locale;
  readonly reporter: Reporter;
  readonly session: Session;
  readonly ids: readonly string[];
  readonly totals: Totals;
  /** Configuration files that were looked at, so that each is told of once. */
  readonly configs: Set<string>;
  /** Does the configuration of `--config` ignore a path? Undefined where none was given. */
  readonly isGivenIgnored: ((path: string) => boolean) | undefined;
  failed: boolean;
}

export interface CheckTools {
  readonly io: Io;
  readonly locale: Locale;
  readonly rules: RuleSet;
  readonly reporter: Reporter;
}

/** `podwright check`: looks at everything it was given, whatever goes wrong on the way, and returns the exit code. */
export async function check(options: CheckOptions, { io, locale, rules, reporter }: CheckTools): Promise<number> {
  const ids = ruleIds(rules);
  const index = new WorkspaceIndex(ids);
  const given = options.config === undefined ? undefined : readGiven(options.config, ids, io);
  if (given !== undefined && 'text' in given) {
    // Without the configuration that was asked for, every answer would be one to another question.
    reporter.trouble(given);
    reporter.end(noTotals());
    return exit.error;
  }
  const session = new Session(rules, index, {
    inlineIgnores: !options.noInlineIgnore,
    ...(given === undefined ? {} : { config: given.config }),
    // What is on the disk, the index has read; only a text from elsewhere is news to it.
    tells: options.paths.includes('-'),
  });
  const run: Run = { options, io, locale, reporter, session, ids, totals: noTotals(), configs: new Set(), isGivenIgnored: given?.isIgnored, failed: false };
  if (given !== undefined) checkConfig(run, given.path);
  if (options.paths.includes('-')) await checkStdin(run);
  else await checkPaths(run);
  reporter.end(run.totals);
  if (run.failed) return exit.error;
  if (run.totals.files === 0) {
    if (!options.quiet) io.err(`podwright: ${texts.nothing[locale]}\n`);
    return exit.nothing;
  }
  const { failOn } = options;
  const gate = failOn === 'never' ? 0 : severities.indexOf(failOn) + 1;
  return severities.slice(0, gate).some((severity) => run.totals.findings[severity] > 0) ? exit.findings : exit.clean;
}

interface Given {
  readonly path: string;
  readonly config: Config;
  readonly isIgnored: (path: string) => boolean;
}

/** The configuration of `--config`, or why there is none. Its patterns count from its own folder. */
function readGiven(name: string, ids: readonly string[], { cwd }: Io): Given | Trouble {
  const path = resolve(cwd, name);
  const file = readText(path);
  if (file.kind !== 'text') return failure(show(cwd, path), file);
  const { config } = readConfig(file.text, ids);
  const filter = globFilter(config.ignore);
  return { path, config, isIgnored: (each) => isIgnoredBy(fileKey(dirname(path)), filter, fileKey(each)) };
}

/** Tells what is wrong in a configuration that counts. One in which nothing is wrong is no file that was checked. */
function checkConfig(run: Run, path: string): void {
  const { options, io, configs } = run;
  if (configs.has(fileKey(path))) return;
  configs.add(fileKey(path));
  const file = readText(path);
  const shown = show(io.cwd, path);
  if (file.kind !== 'text') {
    trouble(run, failure(shown, file));
    return;
  }
  const report = reportOn(shown, file.text, configFindings(readConfig(file.text, run.ids).problems), options);
  if (report.findings.length > 0) tell(run, report);
}

/** Is the file to be checked, as its configuration says? That configuration's own mistakes are told first. */
async function isWanted(run: Run, path: string, shown: string, named: boolean): Promise<boolean> {
  const nearest = run.isGivenIgnored === undefined ? await configOf(run.session.index, path) : undefined;
  if (nearest?.file !== undefined) checkConfig(run, nearest.file);
  const isIgnored = nearest?.isIgnored ?? run.isGivenIgnored?.(path) === true;
  if (isIgnored && named) note(run, { path: shown, text: texts.ignored });
  return !isIgnored;
}

async function checkPaths(run: Run): Promise<void> {
  const { options, io, session } = run;
  const look = lookOnce();
  const candidates = [...collect(options.paths, { cwd: io.cwd, noIgnore: options.noIgnore, look })];
  await readSurroundings(session.index, candidates.filter((each) => each.kind === 'file'), { look, breathe: io.breathe });
  for (const candidate of candidates) {
    if (candidate.kind === 'problem') trouble(run, { path: candidate.shown, ...candidate.reason });
    else await checkFile(run, candidate);
  }
}

async function checkFile(run: Run, { path, shown, named }: Candidate): Promise<void> {
  if (configNames.some((name) => name === basename(path))) {
    if (run.isGivenIgnored === undefined) checkConfig(run, path);
    return;
  }
  const file = readText(path);
  if (file.kind !== 'text') {
    // A file that was only come across may be anything; one that was named, or cannot be opened, leaves a gap.
    if (named || file.kind === 'failed') trouble(run, failure(shown, file));
    else note(run, failure(shown, file));
    return;
  }
  const kind = kindOfText(path, file.text, named);
  if (kind === undefined) {
    if (named) note(run, { path: shown, text: texts.notOurs });
    return;
  }
  if (!(await isWanted(run, path, shown, named))) return;
  const { options, session, io } = run;
  const input = { ...file, path, shown, kind };
  const report = await examine(input, session, io.breathe, options);
  const { text } = report.source;
  if (text === file.text) {
    if (report.unfaithful) note(run, { path: shown, text: texts.notUtf8 });
    tell(run, report);
    return;
  }
  const code = replaceText(path, file.text, text);
  if (code === undefined) {
    session.index.update(pathToFileURL(path).href, text, 'disk');
    tell(run, report);
    return;
  }
  trouble(run, code === 'CHANGED' ? { path: shown, text: texts.changed } : { path: shown, text: texts.unwritable, code });
  tell(run, await examine(input, session, io.breathe, { ...options, fix: 'none' }));
}

/** One text from standard input. With `--fix` the text, fixed or not, is what goes to standard output. */
async function checkStdin(run: Run): Promise<void> {
  const { options, io, locale, session } = run;
  const { stdinFilename = '' } = options;
  const shown = stdinFilename === '' ? texts.stdin[locale] : stdinFilename;
  const file = decode(await io.stdin());
  if (file.kind !== 'text') {
    trouble(run, failure(shown, file));
    return;
  }
  const kind = kindOfText(stdinFilename, file.text, true);
  if (kind === undefined) {
    if (stdinFilename !== '') note(run, { path: shown, text: texts.notOurs });
    if (options.fix !== 'none') io.out(file.text);
    return;
  }
  const path = resolve(io.cwd, stdinFilename === '' ? 'stdin' : stdinFilename);
  await readSurroundings(session.index, [{ path, from: undefined }], { look: lookOnce(), breathe: io.breathe });
  if (!(await isWanted(run, path, shown, stdinFilename !== ''))) {
    if (options.fix !== 'none') io.out(file.text);
    return;
  }
  const report = await examine({ ...file, path, shown, kind }, session, io.breathe, options);
  if (report.unfaithful) trouble(run, { path: shown, text: texts.notUtf8 });
  else if (options.fix !== 'none') io.out(report.source.text);
  tell(run, report);
}

function tell(run: Run, report: FileReport): void {
  const { reporter, totals } = run;
  totals.files += 1;
  totals.hidden += report.hidden;
  totals.fixed += report.fixed.length;
  if (report.fixed.length > 0) totals.filesFixed += 1;
  if (report.findings.length > 0) totals.filesWithFindings += 1;
  for (const finding of report.findings) {
    totals.findings[finding.severity] += 1;
    if (finding.rule === 'podwright/internal-error') run.failed = true;
    const { fix } = offerOf(finding);
    if (fix?.safety === 'safe') totals.safe += 1;
    else if (fix !== undefined) totals.unsafe += 1;
  }
  reporter.file(report);
}

/** Something that makes the run fail: what it says is not the whole truth about what it was asked to check. */
function trouble(run: Run, what: Trouble): void {
  run.failed = true;
  run.reporter.trouble(what);
}

function note(run: Run, what: Trouble): void {
  if (!run.options.quiet) run.reporter.trouble({ ...what, note: true });
}

function failure(path: string, file: ReadFailure): Trouble {
  if (file.kind === 'failed') return { path, ...reasonOf(file.code) };
  const reasons = { binary: texts.binary, utf16: texts.utf16, 'too-big': texts.tooBig, 'not-a-file': texts.notAFile };
  return { path, text: reasons[file.kind] };
}
