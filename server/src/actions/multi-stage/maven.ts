import { javaRuntime, jreVersions, type JavaBase } from '../../engine/catalog/java-runtimes.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { distributionOf } from '../../engine/dockerfile/family.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import type { Pom } from '../../engine/workspace/build-files/pom.ts';
import { officialImage } from './images.ts';
import { mavenHabits } from './maven-habits.ts';
import { directoryOf, isWithin, nameOf } from './paths.ts';
import { isRefusal, type Plan, type Product, type Recipe, type Recognition, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { choose } from './runtime.ts';
import { globArgs, type Invocation, type Site, type Step } from './site.ts';
import type { Start } from './start.ts';

/** Java programs that Maven packs into a jar, or into a directory below `target`. */
export const maven: Recipe = { mayBe: (text) => /\bmvnw?\b/.test(text), recognise, habits: mavenHabits, plan };

function isPackaging({ name, args }: Invocation): boolean {
  return (name === 'mvn' || name === 'mvnw' || name === 'mvnd') && args.some((arg) => arg !== undefined && /^(?:package|install|verify|assembly:single)$/.test(arg));
}

function recognise(site: Site, start: Start): Recognition | undefined {
  const found = site.steps.flatMap((step) => step.invocations.filter(isPackaging).map((invocation) => ({ step, invocation }))).at(-1);
  const program = start.programs.at(-1);
  if (found === undefined || program === undefined || !isSdk(officialImage(site.base) ?? '', site.base?.tag ?? '')) return undefined;
  const artifact = artifactOf(program);
  const made = artifact === undefined ? undefined : madeBy(site, artifact);
  return made === undefined ? undefined : { ecosystem: 'Java', ...found, sdk: true, runs: artifact };
}

/** Images that hold the compiler. */
function isSdk(name: string, tag: string): boolean {
  return name === 'maven' || (['eclipse-temurin', 'openjdk', 'amazoncorretto', 'sapmachine', 'ibm-semeru-runtimes'].includes(name) && !tag.includes('jre'));
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

/** Something of a build: below a `target`, or put somewhere else by the build. */
interface Made {
  readonly path: string;
  /** The directory `target`; undefined for what was copied or moved out of it. */
  readonly target: string | undefined;
}

function madeBy(site: Site, written: string): Made | undefined {
  const path = written.includes('$') ? undefined : resolvePath(site.workdir, written);
  if (path === undefined) return undefined;
  const at = path.indexOf('/target/');
  if (at >= 0) return { path, target: path.slice(0, at + '/target'.length) };
  for (const { invocations } of site.steps) {
    for (const invocation of invocations) {
      if (invocation.name !== 'cp' && invocation.name !== 'mv') continue;
      const operands = globArgs(invocation).flatMap((arg) => (arg === undefined || arg.startsWith('-') ? [] : (resolvePath(invocation.directory, arg) ?? [])));
      const [source = '', target = ''] = operands;
      const into = resolvePath(target, nameOf(source));
      if (operands.length === 2 && source.includes('/target/') && (target === path || (into === path && !source.includes('*')))) return { path, target: undefined };
    }
  }
  return undefined;
}

function plan(site: Site, start: Start, { step }: Recognition): Plan | Refusal {
  const program = start.programs.at(-1);
  if (program === undefined) return refuse('product');
  if (start.programs.length > 1) return refuse('several', { programs: [...new Set(start.programs.map(({ name }) => name ?? '?'))].join(', ') });
  if (start.moves) return refuse('product');
  const products = productsOf(site, program);
  if (isRefusal(products)) return products;
  const cached = products.find(({ path }) => isCached(step, path));
  if (cached !== undefined) return refuse('cache', { path: cached.path });
  const base = javaBase(site);
  if (base === undefined) return refuse('base', { image: site.base?.text ?? '' });
  const version = base.version ?? declaredVersion(site);
  if (version === undefined) return refuse('javaVersion', { image: site.base?.text ?? '' });
  if (!jreVersions.includes(version) || (!base.isTemurin && version > 21)) return refuse('base', { image: site.base?.text ?? '' });
  const runtime = javaRuntime({ ...base, version });
  const modules = pomAt(site, site.workdir ?? '')?.modules ?? [];
  return {
    products,
    finish: [],
    habits: { ...mavenHabits, isSource: (path) => mavenHabits.isSource(path) || modules.includes(path.replace(/\/$/, '')) },
    family: runtime.family === 'alpine' ? 'alpine' : 'debian', release: undefined, isStatic: false,
    candidates: (needs) => choose(needs, [{ key: 'multi-stage', runtime, packages: [], sameRelease: base.isTemurin && base.release !== 'focal', pinnedTag: undefined }]),
  };
}

function pomAt(site: Site, directory: string): Pom | undefined {
  const file = site.context.file(resolvePath(directory, 'pom.xml') ?? '');
  return file?.ecosystem === 'maven' ? file : undefined;
}

/** Plugins that put all dependencies into one jar. Sources: their own documentation. */
const packers: ReadonlySet<string> = new Set(['spring-boot-maven-plugin', 'maven-shade-plugin', 'maven-assembly-plugin', 'onejar-maven-plugin', 'micronaut-maven-plugin', 'quarkus-maven-plugin']);
/** Plugins that may give the jar another name. */
const renamers: ReadonlySet<string> = new Set(['maven-shade-plugin', 'maven-assembly-plugin', 'onejar-maven-plugin', 'micronaut-maven-plugin', 'quarkus-maven-plugin', 'maven-jar-plugin', 'maven-dependency-plugin', 'jib-maven-plugin', 'maven-antrun-plugin', 'maven-resources-plugin', 'copy-rename-maven-plugin']);

function productsOf(site: Site, program: Argv): readonly Product[] | Refusal {
  const entries = program.name === 'java' && !program.args.includes('-jar') ? (classPath(program.args) ?? []) : [artifactOf(program) ?? ''];
  const products: Product[] = [];
  for (const entry of entries) {
    const made = madeBy(site, entry);
    if (made === undefined) return refuse('product');
    const { path, target } = made;
    const product = target === undefined ? path : productIn(site, path, target, program);
    if (typeof product !== 'string') return product;
    const destination = nameOf(product).includes('*') ? `${directoryOf(product)}/` : product;
    if (!products.some((each) => isWithin(each.path, product))) products.push({ path: product, destination });
  }
  return products;
}

/** What to copy of a `target` directory so that the file in it has what it refers to. */
function productIn(site: Site, path: string, target: string, program: Argv): string | Refusal {
  const inner = path.slice(target.length + 1).split('/');
  const isJar = program.name === 'java' && program.args.includes('-jar');
  if (inner.length > 1 && inner[0]?.includes('*') !== true) return `${target}/${inner[0] ?? ''}`;
  if (!isJar) return program.name === 'java' ? path : refuse('product');
  const pom = pomAt(site, directoryOf(target));
  const copiesLibraries = site.steps.some(({ invocations }) => invocations.some(({ args }) => args.some((arg) => arg?.startsWith('dependency:copy') === true)));
  if (copiesLibraries) return target;
  if (pom === undefined) return path;
  const file = nameOf(path);
  const ending = pom.packaging === 'war' ? 'war' : 'jar';
  const renames = site.steps.some(({ invocations }) => invocations.some(({ name: tool, args }) => /^mvnw?$/.test(tool) && args.some((arg) => arg === undefined || /^-P|^-D.*(?:revision|version|finalName|changelist|sha1)/i.test(arg))));
  const mayBeRenamed = pom.finalName === undefined || file.includes('*') || renames || pom.plugins.some((plugin) => renamers.has(plugin));
  // Spring Boot's plugin puts a classifier behind the name at most.
  const isNamed = pom.finalName !== undefined && (pom.plugins.includes('spring-boot-maven-plugin') ? file.startsWith(pom.finalName) && file.endsWith(`.${ending}`) : file === `${pom.finalName}.${ending}`);
  if (!mayBeRenamed && !isNamed) return refuse('otherArtifact', { made: `target/${pom.finalName}.${ending}`, program: `target/${file}` });
  // A jar without its dependencies names them by relative paths, and the build puts them below `target`.
  return pom.plugins.some((plugin) => packers.has(plugin)) || pom.packaging === 'war' ? path : target;
}

function isCached({ run, workdir }: Step, path: string): boolean {
  return run?.mounts.some(({ type, target }) => type === 'cache' && target !== undefined && isWithin(resolvePath(workdir, target) ?? '', path)) === true;
}

/** The Java of the builder, as its tag says. Undefined for vendors without a small runtime image of the same distribution. */
function javaBase(site: Site): Omit<JavaBase, 'version'> & { readonly version: number | undefined } | undefined {
  const name = officialImage(site.base);
  const tag = site.base?.tag ?? '';
  if (/windows|nanoserver|ubi|oracle|corretto|semeru|openj9|sapmachine|ibmjava|microsoft|graalvm|zulu|liberica|dragonwell/.test(tag)) return undefined;
  if (name !== 'maven' && name !== 'eclipse-temurin' && name !== 'openjdk') return undefined;
  const match = name === 'maven' ? /(?:^|-)(?:eclipse-temurin|temurin|adoptopenjdk|openjdk|jdk)-(\d+)/.exec(tag) : /^(\d+)/.exec(tag);
  const release = /(?<=-)(?:noble|jammy|focal)$/.exec(tag)?.[0];
  const isAlpine = distributionOf(site.stage)?.family === 'alpine' || tag.includes('alpine');
  const isTemurin = name === 'eclipse-temurin' || (name === 'maven' && (tag.includes('temurin') || match === null));
  return { version: match === null ? undefined : Number(match[1]), release, isAlpine, isTemurin };
}

/** The release that the project is compiled for: such classes run on a runtime of that version. */
function declaredVersion(site: Site): number | undefined {
  const java = Number(pomAt(site, site.workdir ?? '')?.java ?? NaN);
  // Before 9 there was no check that the code calls only what that version has.
  return java >= 11 ? java : undefined;
}
