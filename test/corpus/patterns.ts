/** Adds every pattern to every workload of a file: by the laws of fixes, or refused with a reason. */
import { sources } from '../../server/src/patterns/index.ts';
import { brokenWiringLaws } from '../patterns/laws.ts';
import { containerLists, outcomeOf } from '../patterns/support.ts';
import type { CorpusFile } from './corpus.ts';
import type { Tally } from './cuts.ts';

export function judgePatterns(file: CorpusFile, most: number, told: (at: number) => void = () => undefined): Tally {
  const places = containerLists(file.text);
  const chosen = places.slice(0, most);
  let fixes = 0;
  const broken: string[] = [];
  for (const offset of chosen) {
    told(offset);
    for (const source of sources) {
      const { scenario } = source;
      const setting = { file: file.path, offset };
      if (outcomeOf(file.text, source, setting).kind === 'edits') fixes += 1;
      const laws = brokenWiringLaws(file.text, source, setting);
      broken.push(...laws.map((law) => `${file.path}, ${scenario.pattern}/${scenario.id} at ${String(offset)}: ${law}`));
    }
  }
  return { texts: chosen.length, fixes, skipped: places.length - chosen.length, broken };
}
