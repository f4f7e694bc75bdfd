/** What `npm run test:corpus` does, cut into jobs that can be done in any order by any process. */
import { parseAllDocuments } from 'yaml';
import { containerLists } from '../patterns/support.ts';
import { corpus, type CorpusFile, missing, ownFiles } from './corpus.ts';
import { judgeCuts, judgeLayouts, type Tally } from './cuts.ts';
import { judgeEdits } from './edits.ts';
import { judgePatterns } from './patterns.ts';
import { dice } from './typing.ts';

/** The parts of the test, in the order in which they are told. */
export const parts = ['lines', 'characters', 'layouts', 'edits', 'patterns'] as const;
export type Part = (typeof parts)[number];

export interface Job {
  readonly part: Part;
  readonly path: string;
}

/** Longer files are cut in so many places at the most, in even steps. */
const mostCuts = 600;
const mostCharacters = 1_500;
/** Small files that are cut at every character, and files that are typed into. */
const small = 40;
const typed = 50;
const editsEach = 200;
/** Workloads of one file that get every pattern. */
const mostWorkloads = 6;

/** The corpus, or what everybody has. */
export function files(): readonly CorpusFile[] {
  return missing === undefined ? corpus() : ownFiles();
}

export function jobsOf(all: readonly CorpusFile[]): readonly Job[] {
  const job = (part: Part) => ({ path }: CorpusFile): Job => ({ part, path });
  return [
    ...smallOnes(all).map(job('characters')),
    ...spread(all.filter(({ type, text }) => type !== 'negative-yaml' && text.length < 20_000), typed).map(job('edits')),
    ...all.map(job('lines')),
    ...all.map(job('layouts')),
    ...all.filter(({ type, text }) => type !== 'dockerfile' && containerLists(text).length > 0).map(job('patterns')),
  ];
}

/** Does one job. `told` hears where it is, in case it never ends. */
export function doJob({ part, path }: Job, file: CorpusFile, told: (at: number) => void): Tally {
  if (part === 'patterns') return judgePatterns(file, mostWorkloads, told);
  if (part === 'layouts') return judgeLayouts(file);
  if (part === 'edits') return judgeEdits(file, editsEach, seedOf(path), told);
  return part === 'lines' ? judgeCuts(file, 'lines', mostCuts, told) : judgeCuts(path.endsWith(jsonName) ? asJson(file) : file, 'characters', mostCharacters, told);
}

const jsonName = '#json';

/** The file of a job; those that are to be read as JSON have a name of their own. */
export function fileOf(all: ReadonlyMap<string, CorpusFile>, { path }: Job): CorpusFile | undefined {
  return all.get(path.replace(jsonName, ''));
}

/** Small files of every kind, and some manifests a second time, as JSON. */
function smallOnes(all: readonly CorpusFile[]): readonly CorpusFile[] {
  const fitting = all.filter(({ text }) => text.length >= 200 && text.length <= mostCharacters);
  const types = [...new Set(fitting.map(({ type }) => type))].filter((type) => type !== 'negative-yaml');
  const json = spread(fitting.filter(({ type, text }) => type === 'k8s-workload' && !text.includes('{{')), 5).map((file) => ({ ...file, path: file.path + jsonName }));
  const each = Math.ceil((small - json.length) / Math.max(1, types.length));
  const some = types.flatMap((type) => spread(fitting.filter((file) => file.type === type), each));
  const more = spread(fitting.filter(({ type }) => type === 'k8s-workload' || type === 'dockerfile'), small);
  return [...new Set([...json, ...some, ...more])].slice(0, small);
}

/** So many of them, in even steps. */
function spread(all: readonly CorpusFile[], count: number): readonly CorpusFile[] {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]).filter((file) => file !== undefined);
}

function asJson(file: CorpusFile): CorpusFile {
  const documents = parseAllDocuments(file.text, { logLevel: 'silent' });
  const [first] = Array.isArray(documents) ? documents : [];
  return { ...file, path: `${file.path}${jsonName}`, text: `${JSON.stringify(first?.toJS(), undefined, 2)}\n` };
}

/** A seed of its own for each file, the same every time. */
function seedOf(path: string): number {
  let seed = 7;
  for (const character of path) seed = (Math.imul(seed, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return Math.floor(dice(seed)() * 1_000_000);
}
