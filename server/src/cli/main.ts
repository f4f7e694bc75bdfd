import type { RuleSet } from '../engine/rule-kinds.ts';
import { type Common, commonOf, parseCommand } from './args.ts';
import { check } from './check.ts';
import { explain, type Pages } from './explain.ts';
import { styleOf, wantsColor } from './format/style.ts';
import { reporterOf, type Voice } from './format/voice.ts';
import { helpOf } from './help.ts';
import { exit, type Io, sayIn, UsageError } from './io.ts';
import { listRules, listRulesAsJson } from './rules.ts';
import { texts } from './texts.ts';
import { tellTimeline } from './timeline.ts';

/** What the command line works with: the rules and their pages. */
export interface Product {
  readonly rules: RuleSet;
  readonly pages: Pages;
}

/** Runs one command and returns the exit code. Never throws: what goes wrong is one clear sentence on standard error. */
export async function main(argv: readonly string[], io: Io, product: Product): Promise<number> {
  const common = commonOf(argv, io);
  try {
    return await run(argv, common, io, product);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`podwright: ${error.message}\n`);
      return exit.error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    io.err(`${sayIn(common.locale)(texts.bug, { reason })}\n`);
    if (common.debug && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
    return exit.error;
  }
}

async function run(argv: readonly string[], { locale, color }: Common, io: Io, { rules, pages }: Product): Promise<number> {
  const command = parseCommand(argv, locale);
  const say = sayIn(locale);
  const voice: Voice = { locale, isColored: wantsColor(color, io), columns: io.columns };
  const style = styleOf(voice.isColored);
  const all = [...rules.kubernetes, ...rules.dockerfile];
  switch (command.command) {
    case 'help':
      io.out(helpOf(command.of)[locale]);
      return exit.clean;
    case 'version':
      io.out(`${io.version}\n`);
      return exit.clean;
    case 'rules':
      if (command.json) listRulesAsJson(all, io);
      else listRules(all, say, style, io);
      return exit.clean;
    case 'explain':
      explain(command.id, pages, locale, say, style, io);
      return exit.clean;
    case 'lsp':
      await io.serve();
      return exit.clean;
    case 'timeline':
      return tellTimeline(command, { io, rules, voice });
    case 'check':
      return check(command, { io, voice, rules, reporter: reporterOf(command, io, voice) });
  }
}
