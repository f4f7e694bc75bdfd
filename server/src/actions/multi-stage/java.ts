import { javaRuntime, jreVersions, type JavaBase } from '../../engine/catalog/java-runtimes.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import { isCached } from './files.ts';
import { officialImage } from './images.ts';
import { isWithin, nameOf } from './paths.ts';
import { isRefusal, type Habits, type Plan, type Product, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { globArgs, type Invocation, type Site } from './site.ts';
import type { Start } from './start.ts';

/** A tool that packs Java programs, where such tools differ. */
export interface JavaTool {
  readonly isPackaging: (invocation: Invocation) => boolean;
  /** The directory below which the build puts a file, as `/app/target`; undefined for any other file. */
  readonly output: (path: string) => string | undefined;
  /** What to copy of the output directory so that the file in it has what it refers to; a path. */
  readonly product: (site: Site, path: string, output: string, program: Argv) => string | Refusal;
  readonly habits: (site: Site) => Habits;
  /** The release of Java that the project is compiled for, as its build file says. */
  readonly java: (site: Site) => string | undefined;
  /** A tag that says the version of Java, for who has to write one. */
  readonly example: string;
}

export function recogniseJava(tool: JavaTool, site: Site, start: Start): Recognition | undefined {
  const found = site.steps.flatMap((step) => step.invocations.filter(tool.isPackaging).map((invocation) => ({ step, invocation }))).at(-1);
  const program = start.programs.at(-1);
  if (found === undefined || program === undefined || !isSdk(officialImage(site.base) ?? '', site.base?.tag ?? '')) return undefined;
  const artifact = artifactOf(program);
  const made = artifact === undefined ? undefined : madeBy(tool, site, artifact);
  return made === undefined ? undefined : { ecosystem: 'Java', ...found, sdk: true, runs: artifact };
}

/** Images that hold the compiler. */
function isSdk(name: string, tag: string): boolean {
  return name === 'maven' || name === 'gradle' || (['eclipse-temurin', 'openjdk', 'amazoncorretto', 'sapmachine', 'ibm-semeru-runtimes'].includes(name) && !tag.includes('jre'));
}

/** The jar or the first entry of the class path as written; for a start script its path. */
function artifactOf({ name, program, args }: Argv): string | undefined {
  if (name !== 'java') return program;
  const jar = args[args.indexOf('-jar') + 1];
  if (args.includes('-jar')) return jar;
  return classPath(args)?.[0];
}

function classPath(args: Argv['args']): readonly string[] | undefined {
  const at = args.findIndex((arg) => arg !== undefined && /^(?:-cp|-classpath|--class-path|-p|--module-path)$/.test(arg));
  return at < 0 ? undefined : args[at + 1]?.split(':').filter((entry) => entry !== '');
}

/** Something of a build: below its output directory, or put somewhere else by the build. */
interface Made {
  readonly path: string;
  /** Undefined for what was copied or moved out of it. */
  readonly output: string | undefined;
}

function madeBy(tool: JavaTool, site: Site, written: string): Made | undefined {
  const path = written.includes('$') ? undefined : resolvePath(site.workdir, written);
  if (path === undefined) return undefined;
  const output = tool.output(path);
  if (output !== undefined) return { path, output };
  for (const { invocations } of site.steps) {
    for (const invocation of invocations) {
      if (invocation.name !== 'cp' && invocation.name !== 'mv') continue;
      const operands = globArgs(invocation).flatMap((arg) => (arg === undefined || arg.startsWith('-') ? [] : (resolvePath(invocation.directory, arg) ?? [])));
      const [source = '', target = ''] = operands;
      const into = resolvePath(target, nameOf(source));
      if (operands.length === 2 && tool.output(source) !== undefined && (target === path || (into === path && !source.includes('*')))) return { path, output: undefined };
    }
  }
  return undefined;
}

export function planJava(tool: JavaTool, site: Site, start: Start, { step }: Recognition): Plan | Refusal {
  const program = start.programs.at(-1);
  if (program === undefined) return refuse('product');
  if (start.programs.length > 1) return refuse('several', { programs: [...new Set(start.programs.map(({ name }) => name ?? '?'))].join(', ') });
  if (start.moves) return refuse('product');
  const products = productsOf(tool, site, program);
  if (isRefusal(products)) return products;
  const cached = products.find(({ path }) => isCached(step, path));
  if (cached !== undefined) return refuse('cache', { path: cached.path });
  const image = site.base?.text ?? '';
  const base = javaBase(site);
  if (base === undefined) return refuse('base', { image });
  const version = base.version ?? declaredVersion(tool.java(site));
  if (version === undefined) return refuse('javaVersion', { image, example: tool.example });
  if (!jreVersions.includes(version) || (!base.isTemurin && version > 21)) return refuse('base', { image });
  const runtime = javaRuntime({ ...base, version });
  return {
    products,
    finish: [],
    habits: tool.habits(site),
    family: runtime.family === 'alpine' ? 'alpine' : 'debian', release: undefined, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime, packages: [], sameRelease: base.isSameRelease, pinnedTag: undefined }]),
  };
}

function productsOf(tool: JavaTool, site: Site, program: Argv): readonly Product[] | Refusal {
  const entries = program.name === 'java' && !program.args.includes('-jar') ? (classPath(program.args) ?? []) : [artifactOf(program) ?? ''];
  const products: Product[] = [];
  for (const entry of entries) {
    const made = madeBy(tool, site, entry);
    if (made === undefined) return refuse('product');
    const { path, output } = made;
    const product = output === undefined ? path : tool.product(site, path, output, program);
    if (typeof product !== 'string') return product;
    const destination = nameOf(product).includes('*') ? product.slice(0, product.lastIndexOf('/') + 1) : product;
    if (!products.some((each) => isWithin(each.path, product))) products.push({ path: product, destination });
  }
  return products;
}

interface Builder extends Omit<JavaBase, 'version'> {
  readonly version: number | undefined;
  /** The packages of the runtime image have the builder's names and versions. */
  readonly isSameRelease: boolean;
}

/** The Java of the builder, as its tag says. Undefined for vendors without a small runtime image of the same distribution. */
function javaBase(site: Site): Builder | undefined {
  const name = officialImage(site.base);
  const tag = site.base?.tag ?? '';
  if (/windows|nanoserver|ubi|oracle|corretto|semeru|openj9|sapmachine|ibmjava|microsoft|graal|zulu|liberica|dragonwell|jre|lts-and|\d-?and-?\d/.test(tag)) return undefined;
  if (name !== 'maven' && name !== 'gradle' && name !== 'eclipse-temurin' && name !== 'openjdk') return undefined;
  const match = versionPatterns[name].exec(tag);
  const release = /(?<=-)(?:noble|jammy|focal)$/.exec(tag)?.[0];
  const isAlpine = distributionOf(site.stage)?.family === 'alpine' || tag.includes('alpine');
  const isTemurin = name === 'eclipse-temurin' || (name === 'gradle' && !isOldGradle(tag)) || (name === 'maven' && (tag.includes('temurin') || match === null));
  return {
    version: match === null ? undefined : Number(match[1]), release, isAlpine, isTemurin,
    // Gradle images without a release in their tags stay on an older Ubuntu than Temurin's of the same day.
    isSameRelease: isTemurin && release !== 'focal' && (name !== 'gradle' || isAlpine || release !== undefined),
  };
}

const versionPatterns = {
  maven: /(?:^|-)(?:eclipse-temurin|temurin|adoptopenjdk|openjdk|jdk)-(\d+)/,
  gradle: /(?:^|-)jdk-?(\d+)/,
  'eclipse-temurin': /^(\d+)/,
  openjdk: /^(\d+)/,
} as const;

/** Up to 6 the images were built on `openjdk` or AdoptOpenJDK: gradle/docker-gradle. */
function isOldGradle(tag: string): boolean {
  return /^[1-6](?:\.|-|$)/.test(tag);
}

/** Classes compiled for a release run on a runtime of that version. Before 9 nothing checked that the code calls only what that version has. */
function declaredVersion(written: string | undefined): number | undefined {
  const java = Number(written ?? NaN);
  return java >= 11 ? java : undefined;
}

/** Packages of a distribution that compile Java, and what cleans its wrapper scripts. */
export function isJavaPackage(name: string): boolean {
  return /^(?:dos2unix|(?:default|openjdk-?\d+)-jdk(?:-headless)?|openjdk\d+(?:-jdk)?)$/.test(name);
}

/** Variables that say where the JDK is, or how packages are installed. */
export function isJavaVariable(name: string): boolean {
  return name === 'JAVA_HOME' || name === 'DEBIAN_FRONTEND';
}
