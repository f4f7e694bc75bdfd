import { resolve } from 'node:path';
import { severities } from '../engine/core/finding.ts';
import type { RuleSet } from '../engine/rule-kinds.ts';
import { decode, readText } from '../host/node.ts';
import type { CheckOptions } from './args.ts';
import { checkConfig, checkFound, examinerOf, failure, type Given, isWanted, readAround, type Run, startRun, tellNote, tellReport, tellTrouble } from './check-file.ts';
import { collect, lookOnce, show } from './collect.ts';
import { examine, kindOfText } from './examine.ts';
import { noTotals, type Reporter } from './format/report.ts';
import { renderOf, type Voice } from './format/voice.ts';
import { exit, type Io } from './io.ts';
import { findSurroundings, readSurroundings } from './surroundings.ts';
import { texts } from './texts.ts';
import { openLedger } from './told.ts';

export interface CheckTools {
  readonly io: Io;
  readonly rules: RuleSet;
  readonly voice: Voice;
  readonly reporter: Reporter;
}

/** `podwright check`: looks at everything it was given, whatever goes wrong on the way, and returns the exit code. */
export async function check(options: CheckOptions, { io, rules, voice, reporter }: CheckTools): Promise<number> {
  let given: Given | undefined;
  if (options.config !== undefined) {
    const path = resolve(io.cwd, options.config);
    const file = readText(path);
    if (file.kind !== 'text') {
      // Without the configuration that was asked for, every answer would be one to another question.
      reporter.trouble(failure(show(io.cwd, path), file));
      reporter.end(noTotals());
      return exit.error;
    }
    given = { path, text: file.text };
  }
  const { totals, hasFailed, tell } = openLedger(reporter);
  const run = startRun(options, { ...io, rules, given, render: renderOf(options.format, voice), tell });
  if (given !== undefined) checkConfig(run, given.path);
  if (options.paths.includes('-')) await checkStdin(run, io, texts.stdin[voice.locale]);
  else await checkPaths(run);
  reporter.end(totals);
  if (hasFailed()) return exit.error;
  if (totals.files === 0) {
    if (!options.quiet) io.err(`podwright: ${texts.nothing[voice.locale]}\n`);
    return exit.nothing;
  }
  const { failOn } = options;
  const gate = failOn === 'never' ? 0 : severities.indexOf(failOn) + 1;
  return severities.slice(0, gate).some((severity) => totals.findings[severity] > 0) ? exit.findings : exit.clean;
}

async function checkPaths(run: Run): Promise<void> {
  const { options, cwd } = run;
  const look = lookOnce();
  const found = [...collect(options.paths, { cwd, noIgnore: options.noIgnore, look })];
  const files = found.filter((each) => each.kind === 'file');
  const read = await readAround(run, found, await findSurroundings(files, look));
  for (const each of found) await checkFound(run, each, read);
}

/** One text from standard input. With `--fix` the text, fixed or not, is what goes to standard output. */
async function checkStdin(run: Run, { stdin, out }: Pick<Io, 'stdin' | 'out'>, unnamed: string): Promise<void> {
  const { options, cwd, breathe, session } = run;
  const { stdinFilename = '' } = options;
  const shown = stdinFilename === '' ? unnamed : stdinFilename;
  const file = decode(await stdin());
  if (file.kind !== 'text') {
    tellTrouble(run, failure(shown, file));
    return;
  }
  const kind = kindOfText(stdinFilename, file.text, true);
  if (kind === undefined) {
    if (stdinFilename !== '') tellNote(run, { path: shown, text: texts.notOurs });
    if (options.fix !== 'none') out(file.text);
    return;
  }
  const path = resolve(cwd, stdinFilename === '' ? 'stdin' : stdinFilename);
  const surroundings = await findSurroundings([{ path, from: undefined }], lookOnce());
  await readSurroundings(session.index, surroundings, { read: readText, breathe, withConfigs: run.isGivenIgnored === undefined });
  if (!isWanted(run, path, shown, stdinFilename !== '')) {
    if (options.fix !== 'none') out(file.text);
    return;
  }
  const report = await examine({ ...file, path, shown, kind }, examinerOf(run, readText, false), options);
  if (report.unfaithful) tellTrouble(run, { path: shown, text: texts.notUtf8 });
  else if (options.fix !== 'none') out(report.source.text);
  tellReport(run, report);
}
