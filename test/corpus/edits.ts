/** Does a session that follows every keystroke say what a fresh one says of the same text? */
import type { Finding } from '../../server/src/engine/core/finding.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { Session } from '../../server/src/engine/session.ts';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { changed } from '../../server/src/lsp/changes.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { CorpusFile } from './corpus.ts';
import type { Tally } from './cuts.ts';
import { kindOfFile, uriOf } from './judge.ts';
import { dice, typist } from './typing.ts';

/** Every so many edits what the fixes come to is compared, too. */
const askFixes = 10;

/** Types so many edits into a file and compares after each of them. */
export function judgeEdits(file: CorpusFile, count: number, seed: number, told: (edit: number) => void = () => undefined): Tally {
  const [kind, uri] = [kindOfFile(file), uriOf(file)];
  const type = typist(file.text, dice(seed));
  const session = new Session(rules);
  const broken: string[] = [];
  let source = new SourceText(file.text);
  let fixes = 0;
  session.update(uri, kind, source);
  session.lint(uri);
  for (let edit = 1; edit <= count; edit += 1) {
    told(edit);
    const say = (what: string): void => void broken.push(`${file.path}, edit ${String(edit)} of seed ${String(seed)}: ${what}`);
    const { changes, text } = type();
    try {
      source = changed(source, changes, 'utf-16');
      if (source.text !== text) {
        say('the text is another one than the editor has');
        return { texts: edit, fixes, skipped: 0, broken };
      }
      // Editors ask at any time, also while the last text is being read.
      session.update(uri, kind, source);
      if (edit % 7 === 0) session.lintSlices(uri).next();
      else {
        const fresh = new Session(rules);
        fresh.update(uri, kind, text);
        const isAsked = edit % askFixes === 0;
        const [is, wanted] = [session.lint(uri), fresh.lint(uri)].map((findings) => findings.map((finding) => written(finding, isAsked)));
        fixes += isAsked ? (is?.length ?? 0) : 0;
        const extra = is?.filter((each) => wanted?.includes(each) !== true) ?? [];
        const missing = wanted?.filter((each) => is?.includes(each) !== true) ?? [];
        if (is?.join('\n') !== wanted?.join('\n')) say(`kept, but gone: ${extra.join('; ')}. Missing: ${missing.join('; ')}`);
        if (is?.some((each) => each.includes('podwright/internal-error')) === true) say(`a rule threw: ${is.join('; ')}`);
      }
    } catch (error) {
      say(`threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return { texts: count, fixes, skipped: 0, broken };
}

/** Everything that is told of a finding, comparable. */
function written(finding: Finding, withOutcomes: boolean): string {
  const { rule, severity, span, place, message, related, fixes } = finding;
  const offered = fixes.map(({ key, title, safety, outcome }) => [key, render(title, 'en'), safety, withOutcomes ? outcome() : undefined]);
  return JSON.stringify([rule, severity, span, place, render(message, 'zh'), related, offered]);
}
