import {
  alpine, debianSlim, distroless, golangDistribution, pinnedGolangTag, ubuntu, type Distribution, type RuntimeImage,
} from '../../engine/catalog/runtimes.ts';
import { needsCplusplus, needsItsFiles } from '../../engine/catalog/cgo-modules.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { programName } from '../../engine/workspace/build-files/go-mod.ts';
import { goHabits } from './go-habits.ts';
import { officialImage, rootStage } from './images.ts';
import { directoryOf, isWithin, nameOf } from './paths.ts';
import type { Candidate, Needs, Plan, Product, Recipe, Recognition, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { plainDistribution, wasMoved } from './made-files.ts';
import { choose } from './runtime.ts';
import { variableAt, type Invocation, type Site, type Step } from './site.ts';
import { isScriptFile, programPath, type Start } from './start.ts';

/** Something a command makes: a file, or whatever lands in a directory. */
interface Output {
  readonly step: Step;
  readonly invocation: Invocation;
  /** Absolute; undefined where only a build knows it. */
  readonly path: string | undefined;
  readonly directory: boolean;
  /** The name `go` would give the file in that directory; undefined where go.mod decides. */
  readonly expected: string | undefined;
}

/** Go programs: one file that needs at most the C library. */
export const go: Recipe = {
  mayBe: (text, base) => base === 'golang' || /\bgo[\s\\]+(?:build|install|get)\b/.test(text),
  recognise,
  habits: goHabits,
  plan,
};

function recognise(site: Site, start: Start): Recognition | undefined {
  const outputs = outputsOf(site);
  const sdk = officialImage(site.base) === 'golang';
  const last = outputs.at(-1);
  const program = start.programs.at(-1);
  if (last === undefined || program === undefined) return undefined;
  const found = productOf(site, program, outputs);
  const made = found?.output ?? last;
  // These call `go` themselves when they run.
  if (goHabits.programs.has(program.name ?? '')) return undefined;
  if (found === undefined && (!sdk || !(isScriptFile(program) || seemsOwn(site, program)))) return undefined;
  // What `make` does is only known to be a Go build where the image is made for that.
  if (made.invocation.name !== 'go' && !sdk) return undefined;
  return {
    ecosystem: 'Go', step: made.step, invocation: made.invocation, sdk,
    runs: found === undefined || made.invocation.name !== 'go' ? undefined : program.program,
  };
}

/** A path in the working directory whose maker is not seen: still nothing that the base image could hold. */
function seemsOwn(site: Site, program: Argv): boolean {
  const path = programPath(program, site.workdir);
  return path !== undefined && site.workdir !== undefined && site.workdir !== '/' && isWithin(site.workdir, path);
}

/** The outputs of every Go build of the stage, and what `cp`, `mv` and `ln` make of them. */
function outputsOf(site: Site): readonly Output[] {
  const found: Output[] = [];
  const directories = new Set(site.steps.map(({ workdir }) => workdir));
  for (const step of site.steps) {
    for (const invocation of step.invocations) {
      const { name, args, directory } = invocation;
      const target = (given: string | undefined, isDirectory: boolean, expected?: string): void => {
        const path = given === undefined ? undefined : resolvePath(directory, given);
        // `-o` into a directory that is there puts the file inside.
        found.push({ step, invocation, path, directory: isDirectory || (path !== undefined && directories.has(path)), expected });
      };
      if (name === 'go' && args[0] === 'build') {
        if (invocation.environment.get('GOOS') === 'windows' || args.some((arg) => arg?.startsWith('-buildmode=c-') === true || arg === '-buildmode=plugin')) continue;
        // Several packages are only checked: nothing is written without `-o`.
        const several = args.some((arg) => arg?.includes('...')) || args.filter((arg) => /^\.\.?\/(?!.*\.go$)/.test(arg ?? '')).length > 1;
        const flag = args.findIndex((arg) => arg === '-o' || arg?.startsWith('-o=') === true);
        const given = args[flag] === '-o' ? args[flag + 1] : args[flag]?.slice(3);
        const expected = packageName(args) ?? moduleName(site, invocation);
        if (flag < 0 && several) continue;
        if (flag < 0) target('.', true, expected);
        else target(given, given === undefined || /(?:^|\/)\.{0,2}$/.test(given), expected);
      } else if (name === 'go' && (args[0] === 'install' || (args[0] === 'get' && !args.includes('-d')))) {
        const bin = invocation.environment.get('GOBIN') ?? variableAt(step.instruction, 'GOBIN');
        target(bin ?? `${variableAt(step.instruction, 'GOPATH') ?? '/go'}/bin`, true, packageName(args) ?? moduleName(site, invocation));
      } else if (name === 'make' || name === 'mage' || name === 'task') target('.', true);
      else if (name === 'cp' || name === 'mv' || name === 'ln' || name === 'install') moved(step, invocation, found);
    }
  }
  return found;
}

/** `mv app /usr/local/bin/app`: the target is an output where a source is one. */
function moved(step: Step, invocation: Invocation, found: Output[]): void {
  const operands = invocation.args.filter((arg) => arg?.startsWith('-') !== true).map((arg) => (arg === undefined ? undefined : resolvePath(invocation.directory, arg)));
  const target = operands.at(-1);
  const source = operands.slice(0, -1).find((path) => path !== undefined && found.some((each) => makes(each, path)));
  const origin = found.find((each) => source !== undefined && makes(each, source));
  if (target === undefined || source === undefined || origin === undefined) return;
  const into = /(?:^|\/)\.{0,2}$/.test(invocation.args.at(-1) ?? 'x') || /\/s?bin$|^\/$/.test(target);
  const path = into ? resolvePath(target, nameOf(source)) : target;
  found.push({ step, invocation: origin.invocation, path, directory: false, expected: undefined });
}

/** What `make` and its like make is not seen: only in a directory that holds nothing else a path is sure to be theirs. */
const outputDirectory = /^\/(?:bin|build|dist|out|output|release|target|_output|_build|\.build)\//;

function makes(output: Output, path: string): boolean {
  if (output.path === undefined) return false;
  if (!output.directory) return output.path === path;
  const made = output.invocation.name === 'go' ? path.slice(0, path.lastIndexOf('/')) || '/' : undefined;
  if (made === undefined) return isWithin(output.path, path) && outputDirectory.test(path.slice(output.path === '/' ? 0 : output.path.length));
  return made === output.path && (output.expected === undefined || output.expected === nameOf(path));
}

/** The name that go.mod gives the program of the directory the command runs in, where that is what is built. */
function moduleName({ context }: Site, { args, directory }: Invocation): string | undefined {
  const operands = operandsOf(args);
  if (directory === undefined || operands.length > 1 || (operands[0] !== undefined && !/^\.\/?$/.test(operands[0]))) return undefined;
  const file = context.file(resolvePath(directory, 'go.mod') ?? '');
  if (file?.ecosystem === 'go') return programName(file.module);
  return undefined;
}

/** Every module that the program may hold, as go.mod lists them. */
function modulesOf(site: Site): readonly string[] {
  const directories = new Set(site.steps.flatMap(({ invocations }) => invocations.flatMap(({ name, directory }) => (name === 'go' && directory !== undefined ? [directory] : []))));
  return [...directories].flatMap((directory) => {
    const file = site.context.file(resolvePath(directory, 'go.mod') ?? '');
    return file?.ecosystem === 'go' ? [...file.requires.keys()] : [];
  });
}

/** The name of a single package or file that is built: `./cmd/api` gives `api`. Several, or the module itself: unknown. */
function packageName(args: readonly (string | undefined)[]): string | undefined {
  const operands = operandsOf(args);
  const [only, second] = operands;
  if (only === undefined || second !== undefined || only.includes('...')) return undefined;
  const path = only.replace(/@.*$/, '').replace(/\/$/, '').replace(/\/v\d+$/, '');
  if (path === '.' || path === './' || path === '..' || path.includes('*')) return undefined;
  return nameOf(path).replace(/\.go$/, '');
}

/** The packages and files that a `go` command is given. */
function operandsOf(args: Invocation['args']): Invocation['args'] {
  const valued = new Set(['-o', '-ldflags', '-gcflags', '-asmflags', '-tags', '-mod', '-p', '-buildmode', '-installsuffix', '-C', '-pkgdir', '-toolexec', '-overlay', '-modfile', '-gccgoflags', '-compiler', '-covermode', '-coverpkg', '-pgo']);
  return args.slice(1).filter((arg, index, all) => arg?.startsWith('-') !== true && !valued.has(all[index - 1] ?? ''));
}

/** Where the program lies in the build stage. A bare name is looked up where `go install` puts it, then on the usual path. */
function productOf(site: Site, program: Argv, outputs: readonly Output[]): { readonly product: Product; readonly output: Output } | undefined {
  const path = programPath(program, site.workdir);
  const { name } = program;
  if (name === undefined) return undefined;
  const places = path === undefined ? ['/go/bin', '/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/bin', '/usr/sbin', '/sbin'].map((each) => `${each}/${name}`) : [path];
  // A file that a command names is sure to be there; what lands in a directory only goes by the start command.
  const order = [(each: Output): boolean => !each.directory, (each: Output): boolean => each.directory];
  for (const [sure, place] of order.flatMap((test) => places.map((each) => [test, each] as const))) {
    const output = outputs.findLast((each) => sure(each) && (makes(each, place) || isUnseen(each, place, path !== undefined, outputs)));
    // The small image's search path does not hold /go/bin.
    if (output !== undefined) return { output, product: { path: place, destination: path === undefined && place.startsWith('/go/') ? `/usr/local/bin/${name}` : place } };
  }
  return undefined;
}

/** A build whose target only the build knows, where nothing else could make the program that the container runs by its path. */
function isUnseen(output: Output, place: string, named: boolean, all: readonly Output[]): boolean {
  // A loop makes several programs, and the file may need them all.
  return named && output.path === undefined && output.invocation.plain && all.every((each) => each.path === undefined) && !/^\/(?:usr\/)?s?bin\//.test(place);
}

function plan(site: Site, start: Start, { step, sdk }: Recognition): Plan | Refusal {
  const outputs = outputsOf(site);
  const program = start.programs.at(-1);
  if (program === undefined) return refuse('product');
  const script = start.programs.find(isScriptFile);
  if (script !== undefined) return refuse('script', { program: script.program ?? '' });
  const names = [...new Set(start.programs.map((each) => each.program ?? '?'))];
  if (names.length > 1) return refuse('several', { programs: names.join(', ') });
  const found = start.moves && programPath(program, '/') !== program.program ? undefined : productOf(site, program, outputs);
  if (found === undefined) return refuseProduct(site, program, outputs);
  const cached = step.run?.mounts.find(({ type, target }) => type === 'cache' && target !== undefined && isWithin(resolvePath(step.workdir, target) ?? '', found.product.path));
  if (cached !== undefined) return refuse('cache', { path: found.product.path });
  // Other programs the file names go along: a cluster may start them by a command of its own.
  const others = outputs.flatMap(({ path, directory, invocation }) => (path === undefined || directory || invocation.name !== 'go' || invocation === found.output.invocation ? [] : [path]));
  const linked = new Set(outputs.flatMap(({ invocation, path }) => (invocation.name === 'go' ? [] : [path])));
  const kept = new Set(others.filter((path) => path !== found.product.path && !linked.has(path) && !wasMoved(site, path)));
  const makers = [found.output, ...outputs.filter(({ path }) => path !== undefined && kept.has(path))];
  const isStatic = makers.every(({ step: at, invocation }) => invocation.name === 'go' && withoutCgo(at, invocation));
  const bound = modulesOf(site).find(needsItsFiles);
  if (bound !== undefined) return refuse('moduleFiles', { module: bound });
  // Nothing may be missing around a program whose making is not seen.
  const isGuess = found.output.invocation.name !== 'go' || found.output.path === undefined;
  const distribution = sdk ? golangDistribution(site.base?.tag) : plainDistribution(site);
  if (distribution === undefined) return refuse('base', { image: rootStage(site).from.imageText });
  return {
    products: [found.product, ...[...kept].map((path) => ({ path, destination: path }))],
    finish: [],
    ...distribution,
    isStatic,
    candidates: (needs) => choose(needs, candidates(site, needs, distribution, isStatic, sdk).filter(({ key }) => !isGuess || key !== 'multi-stage-distroless')),
  };
}

/** Nothing makes the program; where go.mod tells what is made instead, that is the reason. */
function refuseProduct(site: Site, program: Argv, outputs: readonly Output[]): Refusal {
  const path = programPath(program, site.workdir);
  const made = outputs.findLast(({ directory, expected, path: at }) => directory && expected !== undefined && path !== undefined && at === directoryOf(path));
  return made?.expected === undefined || made.invocation.name !== 'go' ? refuse('product') : refuse('otherProgram', { made: made.expected, program: program.program ?? '' });
}

/** `CGO_ENABLED=0`, for this command or for the stage: the program is linked without any library. */
function withoutCgo(step: Step, { environment }: Invocation): boolean {
  const set = environment.has('CGO_ENABLED') ? environment.get('CGO_ENABLED') : variableAt(step.instruction, 'CGO_ENABLED');
  return set === '0';
}

/**
 * The user stays what it was, so the first choice has a shell and root: a static program goes to Alpine, any other to the
 * distribution it was linked on. Distroless comes second, for who does not need a shell.
 */
function candidates(site: Site, needs: Needs, { family, release }: Distribution, isStatic: boolean, sdk: boolean): readonly Candidate[] {
  const plain = needs.packages.length === 0 && needs.tools.length === 0 && !needs.runs;
  const own = family === 'alpine' ? alpine(release) : officialImage(site.base) === 'ubuntu' ? ubuntu(site.base?.text ?? '') : debianSlim(release);
  const isUbuntu = own.image.startsWith('ubuntu');
  // A program without libraries runs anywhere; any other must not outrun the release it meets.
  const pinnedTag = isStatic || family === 'alpine' || !sdk || site.base?.digest !== undefined ? undefined : pinnedGolangTag(site.base?.tag);
  const cplusplus = !isStatic && modulesOf(site).some(needsCplusplus);
  const candidate = (key: Candidate['key'], runtime: RuntimeImage): Candidate =>
    ({ key, runtime, packages: cplusplus && runtime.family === 'alpine' ? ['libgcc', 'libstdc++'] : [], pinnedTag, sameRelease: isUbuntu || (release !== undefined && runtime.image.includes(release)) });
  const shellless = isStatic || (family === 'debian' && !isUbuntu) ? [candidate('multi-stage-distroless', distroless(isStatic ? 'static' : cplusplus ? 'cc' : 'base', release))] : [];
  return [...(isStatic && plain && family === 'debian' ? [candidate('multi-stage', alpine(undefined))] : []), candidate('multi-stage', own), ...shellless];
}
