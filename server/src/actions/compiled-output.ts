import { resolvePath } from '../engine/dockerfile/facts.ts';
import { directoryOf, nameOf } from './multi-stage/paths.ts';
import type { Invocation, Site, Step } from './multi-stage/site.ts';

/** What a compiler has made. */
export interface Made {
  /** Absolute path in the build stage: the program, or the directory that holds it with all it needs. */
  readonly path: string;
  readonly ecosystem: string;
  readonly invocation: Invocation;
}

interface Compiler {
  readonly ecosystem: string;
  readonly programs: readonly string[];
  /** Is this the command that builds, rather than one that tests or fetches? */
  readonly builds: RegExp;
  /** The path to copy for a file that the command makes; undefined for every other file. */
  readonly output: (invocation: Invocation, file: string) => string | undefined;
}

/** Where compilers put programs. Sources: the documentation of `go build`, Cargo, Maven, Gradle (application plugin), `dotnet publish`, GCC. */
const compilers: readonly Compiler[] = [
  { ecosystem: 'Go', programs: ['go'], builds: /^build$/, output: (each, file) => (isNamed(each, file) || (given(each) === undefined && directoryOf(file) === each.directory) ? file : undefined) },
  { ecosystem: 'Rust', programs: ['cargo'], builds: /^build$/, output: (_, file) => (/\/target\/(?:[^/]+\/)?(?:release|debug)\/[^/.]+$/.test(file) ? file : undefined) },
  { ecosystem: 'Maven', programs: ['mvn', 'mvnw'], builds: /^(?:package|install|verify)$/, output: ({ args }, file) => (/\/target\/[^/]+\.[jw]ar$/.test(file) && !args.some((arg) => arg?.includes('copy-dependencies')) ? file : undefined) },
  { ecosystem: 'Gradle', programs: ['gradle', 'gradlew'], builds: /(?:^|:)(?:build|assemble|bootJar|shadowJar|installDist)$/, output: (_, file) => (/\/build\/libs\/[^/]+\.jar$/.test(file) ? file : /^.*\/build\/install\/[^/]+(?=\/bin\/[^/]+$)/.exec(file)?.[0]) },
  { ecosystem: '.NET', programs: ['dotnet'], builds: /^publish$/, output: (each, file) => (given(each) === directoryOf(file) ? directoryOf(file) : undefined) },
  { ecosystem: 'C/C++', programs: ['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++'], builds: /./, output: (each, file) => (isNamed(each, file) ? file : undefined) },
];

/** The last command of the stage that makes this file. */
export function madeBy(site: Site, file: string): Made | undefined {
  for (const invocation of site.steps.flatMap(({ invocations }) => invocations).reverse()) {
    const compiler = compilerOf(invocation);
    const path = compiler?.output(invocation, file);
    if (compiler !== undefined && path !== undefined) return { path, ecosystem: compiler.ecosystem, invocation };
  }
  return undefined;
}

/** Does a RUN compile something? */
export function compiles({ invocations }: Step): boolean {
  return invocations.some((each) => compilerOf(each) !== undefined || each.name === 'make' || each.name === 'cmake');
}

function compilerOf({ name, args }: Invocation): Compiler | undefined {
  return compilers.find(({ programs, builds }) => programs.includes(name) && args.some((arg) => arg !== undefined && builds.test(arg)));
}

/** The absolute path behind `-o` or `--output`. */
function given({ args, directory }: Invocation): string | undefined {
  const at = args.findIndex((arg) => arg !== undefined && /^(?:-o|--output)(?:=|$)/.test(arg));
  const value = args[at]?.includes('=') === true ? args[at].slice(args[at].indexOf('=') + 1) : args[at + 1];
  return at < 0 || value === undefined ? undefined : resolvePath(directory, value);
}

function isNamed(invocation: Invocation, file: string): boolean {
  const path = given(invocation);
  return path !== undefined && (path === file || (path === directoryOf(file) && !nameOf(file).includes('.')));
}
