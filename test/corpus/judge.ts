/** Asks the laws of `test/rules` of any text, the way an editor gets there: one session, text after text. */
import type { Finding } from '../../server/src/engine/core/finding.ts';
import { render } from '../../server/src/engine/core/message.ts';
import { Session } from '../../server/src/engine/session.ts';
import { documentsOf } from '../../server/src/engine/yaml/template.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { FixtureKind } from '../rules/fixture.ts';
import { brokenFindingLaws, brokenFixLaws, type Subject } from '../rules/laws.ts';
import { metasOf } from '../rules/linter.ts';
import type { CorpusFile } from './corpus.ts';

const metas = metasOf(rules);

/** Longest that one look at one text may keep the processor busy, in milliseconds: more than that is a hang to a person. */
const longestLook = 5_000;

export interface Judge {
  /** What is wrong with what is said of this text and with every fix offered for it, as sentences. */
  readonly broken: (text: string) => readonly string[];
  /** Fixes that were asked so far. */
  readonly asked: () => number;
}

export function kindOfFile({ type }: CorpusFile): FixtureKind {
  return type === 'dockerfile' ? 'dockerfile' : 'yaml';
}

export function uriOf({ path }: CorpusFile): string {
  return `file:///corpus/${path.split('/').map(encodeURIComponent).join('/')}`;
}

/** A judge of the texts of one file. What he saw of the last text he does not look at again in the next. */
export function judgeOf(file: CorpusFile): Judge {
  const [kind, uri] = [kindOfFile(file), uriOf(file)];
  const typed = new Session(rules);
  const other = new Session(rules);
  const lint = lately((text) => {
    other.update(uri, kind, text);
    return other.lint(uri);
  });
  let before = new Set<string>();
  let asked = 0;
  const look = (text: string): readonly string[] => {
    typed.update(uri, kind, text);
    const findings = typed.lint(uri);
    const subject: Subject = { kind, text, metas, lint: (each) => (each === text ? findings : lint(each)) };
    const now = new Set<string>();
    const documents = kind === 'yaml' ? documentsOf(text) : [];
    const around = ({ place }: Finding): string => documents[Number.parseInt(place, 10)]?.text ?? text;
    const broken = findings.flatMap((finding) => {
      const laws = [...brokenFindingLaws(subject, finding)];
      for (const fix of finding.fixes) {
        const mark = JSON.stringify([finding.rule, finding.place, fix.key, render(fix.title, 'en'), fix.outcome(), around(finding)]);
        now.add(mark);
        if (before.has(mark)) continue;
        asked += 1;
        laws.push(...brokenFixLaws(subject, finding, fix));
      }
      return laws;
    });
    before = now;
    return broken;
  };
  return {
    asked: () => asked,
    broken: (text) => {
      const begun = process.cpuUsage();
      try {
        const laws = look(text);
        const { user, system } = process.cpuUsage(begun);
        const took = (user + system) / 1_000;
        return took > longestLook ? [...laws, `one look took ${took.toFixed(0)} ms`] : laws;
      } catch (error) {
        return [`threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
      }
    },
  };
}

/** The answers for the last few texts: a fix is judged by the same text more than once. */
function lately(lint: (text: string) => readonly Finding[]): (text: string) => readonly Finding[] {
  const known = new Map<string, readonly Finding[]>();
  return (text) => {
    const found = known.get(text) ?? lint(text);
    known.delete(text);
    known.set(text, found);
    if (known.size > 8) known.delete(known.keys().next().value ?? '');
    return found;
  };
}
