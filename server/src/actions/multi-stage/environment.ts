import type { Instruction } from '../../engine/dockerfile/model.ts';
import { pairsOf } from '../../engine/dockerfile/pairs.ts';
import type { Habits, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Site, Step } from './site.ts';

/** Instructions whose variables the builder replaces. A RUN sees ARG and ENV as well. */
const expanding: ReadonlySet<string> = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'LABEL', 'RUN', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/** What builder images set and small images lack: their own Dockerfiles. */
const imageVariables: ReadonlySet<string> = new Set(['GOPATH', 'GOROOT', 'GOLANG_VERSION', 'GOTOOLCHAIN', 'CARGO_HOME', 'RUSTUP_HOME', 'RUST_VERSION', 'MAVEN_HOME', 'MAVEN_CONFIG', 'GRADLE_HOME']);

/**
 * The ENV and ARG instructions above the cut that the final stage needs as well: ENV for the program, unless only the
 * build reads it; ARG where an instruction that goes along uses it.
 */
export function carriedEnvironment(
  site: Site, before: readonly Step[], rest: readonly Instruction[], habits: Habits,
): readonly Instruction[] | Refusal {
  const above = before.map(({ instruction }) => instruction);
  const carried = new Set(above.filter((each) => each.keyword === 'ENV' && !isForBuild(each, habits)));
  const goingAlong = above.filter(({ keyword }) => ['LABEL', 'EXPOSE', 'VOLUME', 'USER', 'STOPSIGNAL'].includes(keyword));
  const definers = above.filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV');
  const queue = [...goingAlong, ...rest, ...carried];
  for (let user = queue.pop(); user !== undefined; user = queue.pop()) {
    for (const name of namesIn(user)) {
      const index = user.index;
      const own = definers.filter((each) => each.index < index && pairsOf(each).some((pair) => pair.name === name));
      const defined = rest.some((each) => each.index < index && (each.keyword === 'ARG' || each.keyword === 'ENV') && pairsOf(each).some((pair) => pair.name === name));
      if (own.length === 0 && !defined && imageVariables.has(name)) return refuse('variable', { name });
      for (const definer of own) {
        if (carried.has(definer)) continue;
        carried.add(definer);
        queue.push(definer);
      }
    }
  }
  return site.steps.flatMap(({ instruction }) => (carried.has(instruction) ? [instruction] : []));
}

function namesIn({ keyword, args }: Instruction): readonly string[] {
  if (!expanding.has(keyword)) return [];
  return [...args.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map((match) => match[1] ?? '');
}

/** Does only the build read it? Every name is the toolchain's, and PATH gets only its directories. */
function isForBuild(instruction: Instruction, habits: Habits): boolean {
  return pairsOf(instruction).every(({ name, value = '' }) => {
    if (name !== 'PATH') return habits.variables(name);
    const directories = value.replace(/^["']|["']$/g, '').split(':');
    return directories.every((each) => /^\$\{?PATH\}?$/.test(each) || /^\$\{?(?:GOPATH|GOROOT|GOBIN|PNPM_HOME|MAVEN_HOME|M2_HOME|GRADLE_HOME|JAVA_HOME|CARGO_HOME)\b/.test(each) || habits.directories.some((directory) => each.startsWith(`${directory}/`)));
  });
}
