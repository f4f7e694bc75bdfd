import { hasTool } from './check.ts';
import { isRefusal, type Candidate, type Needs, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { packageOfProgram } from '../../engine/catalog/runtime-packages.ts';

/**
 * The candidates that meet the needs, the first of each key, with the packages that bring what is missing. The reason of the
 * first one where there is none.
 */
export function choose(needs: Needs, candidates: readonly Candidate[]): readonly Candidate[] | Refusal {
  const fitted = candidates.map((candidate) => fit(needs, candidate));
  const fitting = fitted.filter((each): each is Candidate => !isRefusal(each));
  const first = fitting.filter((each, index) => fitting.findIndex(({ key }) => key === each.key) === index);
  if (first.some(({ key }) => key === 'multi-stage')) return first;
  return fitted.find((each) => isRefusal(each)) ?? refuse('product');
}

function fit(needs: Needs, candidate: Candidate): Candidate | Refusal {
  const { runtime } = candidate;
  if (needs.user !== undefined && !runtime.users.includes(needs.user)) return refuse('user', { user: needs.user });
  if (runtime.family === 'distroless') {
    const tool = needs.shells[0] ?? needs.tools[0] ?? needs.packages[0] ?? (needs.runs ? 'sh' : undefined);
    return tool === undefined ? candidate : refuse('tool', { tool });
  }
  const bound = needs.packages.find((each) => /^lib.*\d|=/.test(each));
  if (!candidate.sameRelease && bound !== undefined) return refuse('library', { name: bound });
  const more: string[] = [];
  for (const tool of [...[...needs.shells, ...needs.avoidable].filter((shell) => !runtime.shells.includes(shell)), ...needs.tools]) {
    if (hasTool(tool, candidate, [...needs.packages, ...more])) continue;
    const name = tool.slice(tool.lastIndexOf('/') + 1);
    const provider = tool.includes('/') && !/^\/(?:usr\/)?s?bin\//.test(tool) ? undefined : packageOfProgram(name, runtime.family);
    if (provider === undefined) return refuse('tool', { tool });
    more.push(provider);
  }
  const wanted = [...runtime.packages, ...candidate.packages, ...more, ...needs.packages];
  if (runtime.archived && wanted.length > 0) return refuse('archived', { image: runtime.image, packages: wanted.join(', ') });
  return { ...candidate, packages: [...candidate.packages, ...more] };
}
