import { isOfFullImage } from '../../engine/catalog/interpreter-images.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { removedPackages } from '../../engine/dockerfile/packages.ts';
import { resolveArgv } from '../../engine/shell/argv.ts';
import { broughtBy } from './files.ts';
import { isWithin } from './paths.ts';
import type { Habits, Product, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { installedBy } from './runs.ts';
import { pathAt, type Site, type Step } from './site.ts';
import { isScriptFile, type Start } from './start.ts';

/**
 * What Python and Ruby share: the program is its sources, so they go along as they are; only compilers, headers and the tools
 * that install packages stay behind.
 */

/** Directories of the project that the build stage holds by then. What is copied behind the build needs no copy. */
export function projectProducts(site: Site, before: readonly Step[], habits: Pick<Habits, 'isSource' | 'isTool'>): readonly Product[] | Refusal {
  const products: Product[] = [];
  for (const step of before) {
    const brought = broughtBy(step, habits);
    if (brought === undefined) return refuse('command', { command: `${step.instruction.keyword} ${step.instruction.args}` });
    if (!brought.whole || step.copy?.destination === undefined) continue;
    const target = pathAt(step.copy.destination.text, step);
    if (target === undefined) return refuse('workdir');
    const path = site.workdir !== undefined && site.workdir !== '/' && isWithin(site.workdir, target) ? site.workdir : target;
    if (path === '/') return refuse('rootDirectory');
    if (!products.some((each) => isWithin(each.path, path))) products.push({ path, destination: path });
  }
  return products;
}

/** Is the project copied to the same directory once more behind that instruction, as `COPY . .` does? */
export function isCopiedAgain({ steps }: Site, from: Step): boolean {
  return steps.slice(steps.indexOf(from) + 1).some((step) => {
    const { copy } = step;
    const target = copy?.destination === undefined ? undefined : pathAt(copy.destination.text, step);
    return copy?.from === undefined && target !== undefined && target === from.workdir && copy?.sources.some(({ text }) => /^\.?\/?$/.test(text)) === true;
  });
}

const compilers: ReadonlySet<string> = new Set([
  'build-base', 'build-essential', 'gcc', 'g++', 'clang', 'musl-dev', 'libc-dev', 'libc6-dev', 'gfortran', 'cargo', 'rustc', 'rust', 'cmake', 'make', 'python3-dev', 'ruby-dev', 'linux-headers',
]);

/** Does a RUN install what only compiles packages, and does no RUN remove it again? */
export function leavesCompilers(site: Site): boolean {
  const installs = site.steps.some((step) => installedBy(step).some((each) => compilers.has(each.package.name)));
  return installs && !removesCompilers(site);
}

/** Does a RUN take build packages away again, as official images do? */
export function removesCompilers(site: Site): boolean {
  return site.steps.some(({ run }) => run !== undefined && removedPackages(run).some(({ packages, unneeded }) => unneeded || packages.some(({ name }) => compilers.has(name) || !/^[\w+-]+$/.test(name) || name.startsWith('.'))));
}

/** Did the file install headers by name? Who does so knows what the packages are compiled against. */
export function namesHeaders(site: Site): boolean {
  return site.steps.some((step) => installedBy(step).some((each) => each.package.name.endsWith('-dev') && !compilers.has(each.package.name)));
}

/**
 * Is everything there that scripts of the container call? A small image stays what it is, so that only tools of the build go;
 * of a full one, much does. `gone`: the former.
 */
export function scriptProblem(site: Site, start: Start, isFull: boolean, gone: ReadonlySet<string>): Refusal | undefined {
  for (const argv of start.programs) {
    const { program = '' } = argv;
    if (!isScriptFile(argv) && !/(?:^|\/)(?:docker-)?entry-?point$/.test(program)) continue;
    if (/\.(?:py|rb|pl)$/.test(program)) continue;
    const calls = site.context.script(resolvePath(site.workdir, program) ?? '')?.calls;
    if (calls === undefined && (isFull || gone.size > 0)) return refuse('script', { program });
    const lost = calls?.find((each) => each !== undefined && (gone.has(nameOf(each)) || (isFull && isOfFullImage(nameOf(each))) || (each.startsWith('/usr/local/bin/') && gone.has('/usr/local/bin'))));
    if (lost !== undefined) return refuse('scriptTool', { program, tool: lost });
  }
  return undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Does a login shell run something? It sets the search path anew, and forgets what ENV put in front. */
export function usesLoginShell({ steps }: Site): boolean {
  return steps.some(({ instruction }) => /^(?:SHELL|CMD|ENTRYPOINT|RUN)$/.test(instruction.keyword) && /\b(?:ba|da|z|k)?sh["',\s]+(?:-[a-z]{0,9}l[a-z]{0,9}["',\s]|--login\b)/.test(`${instruction.args} `));
}

/** The bare names that the container starts and that a full image does not bring by itself: programs of the packages. */
export function ownPrograms(start: Start, isFull: boolean): readonly string[] {
  return start.programs.flatMap(({ program }) => (program === undefined || program.includes('/') || (isFull && isOfFullImage(program)) ? [] : [program]));
}

/** `sh run.sh` starts the script. */
export function withScripts(start: Start): Start {
  return { ...start, programs: start.programs.map((argv) => {
    const [script] = argv.args;
    if (!/^(?:ba|da)?sh$/.test(argv.name ?? '') || script === undefined || !/^[\w./-]+$/.test(script) || script.startsWith('-')) return argv;
    return resolveArgv([script.includes('/') ? script : `./${script}`, ...argv.args.slice(1)]);
  }) };
}
