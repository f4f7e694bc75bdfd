import type { Argv } from '../../engine/shell/argv.ts';
import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { Pom } from '../../engine/workspace/build-files/pom.ts';
import { planJava, recogniseJava, type JavaTool } from './java.ts';
import { mavenHabits } from './maven-habits.ts';
import { directoryOf, nameOf } from './paths.ts';
import type { Recipe, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Site } from './site.ts';

const tool: JavaTool = {
  isPackaging: ({ name, args }) => (name === 'mvn' || name === 'mvnw' || name === 'mvnd') && args.some((arg) => arg !== undefined && /^(?:package|install|verify|assembly:single)$/.test(arg)),
  output: (path) => {
    const at = path.indexOf('/target/');
    return at < 0 ? undefined : path.slice(0, at + '/target'.length);
  },
  product: productIn,
  habits: (site) => {
    const modules = pomAt(site, site.workdir ?? '')?.modules ?? [];
    return { ...mavenHabits, isSource: (path) => mavenHabits.isSource(path) || modules.includes(path.replace(/\/$/, '')) };
  },
  java: (site) => pomAt(site, site.workdir ?? '')?.java,
  example: 'maven:3.9-eclipse-temurin-21',
};

/** Java programs that Maven packs into a jar, or into a directory below `target`. */
export const maven: Recipe = {
  mayBe: (text) => /\bmvnw?\b/.test(text),
  recognise: (site, start) => recogniseJava(tool, site, start),
  habits: mavenHabits,
  plan: (site, start, recognition) => planJava(tool, site, start, recognition),
};

function pomAt(site: Site, directory: string): Pom | undefined {
  const file = site.context.file(resolvePath(directory, 'pom.xml') ?? '');
  return file?.ecosystem === 'maven' ? file : undefined;
}

/** Plugins that put all dependencies into one jar. Sources: their own documentation. */
const packers: ReadonlySet<string> = new Set(['spring-boot-maven-plugin', 'maven-shade-plugin', 'maven-assembly-plugin', 'onejar-maven-plugin', 'micronaut-maven-plugin', 'quarkus-maven-plugin']);
/** Plugins that may give the jar another name. */
const renamers: ReadonlySet<string> = new Set(['maven-shade-plugin', 'maven-assembly-plugin', 'onejar-maven-plugin', 'micronaut-maven-plugin', 'quarkus-maven-plugin', 'maven-jar-plugin', 'maven-dependency-plugin', 'jib-maven-plugin', 'maven-antrun-plugin', 'maven-resources-plugin', 'copy-rename-maven-plugin']);

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
