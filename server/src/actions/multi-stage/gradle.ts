import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { Argv } from '../../engine/shell/argv.ts';
import type { GradleFile } from '../../engine/workspace/build-files/gradle.ts';
import { gradleHabits } from './gradle-habits.ts';
import { planJava, recogniseJava, type JavaTool } from './java.ts';
import { directoryOf, nameOf } from './paths.ts';
import type { Recipe, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Site } from './site.ts';

/** Directories of a build, and a runner jar that lies in it. A directory named `build` that holds the project is none. */
const built = /^(.*?\/build)\/(?:(?:libs|install|quarkus-app|dependencies|deps|lib|classes|resources)\/|[^/]+-runner\.jar$)/;

const tool: JavaTool = {
  isPackaging: ({ name, args }) => (name === 'gradle' || name === 'gradlew') && args.some((arg) => arg !== undefined
    && /^(?:[\w:-]*:)?(?:build|assemble|jar|war|bootJar|bootWar|shadowJar|fatJar|uberJar|buildFatJar|installDist|installBootDist|installShadowDist|quarkusBuild|stage)$/.test(arg)),
  output: (path) => built.exec(path)?.[1],
  product: productIn,
  habits: (site) => {
    const projects = settingsOf(site, site.workdir ?? '/')?.projects ?? [];
    return { ...gradleHabits, isSource: (path) => gradleHabits.isSource(path) || projects.some((each) => each === path.replace(/\/$/, '') || each.startsWith(path.endsWith('/') ? path : `${path}/`)) };
  },
  java: (site) => fileIn(site, site.workdir ?? '/', 'build')?.java,
  example: 'gradle:8-jdk21',
};

/** Java programs that Gradle packs into a jar, or into a directory below `build`. */
export const gradle: Recipe = {
  mayBe: (text) => /\bgradlew?\b/.test(text),
  recognise: (site, start) => recogniseJava(tool, site, start),
  habits: gradleHabits,
  plan: (site, start, recognition) => planJava(tool, site, start, recognition),
};

/** The build or settings file of a project, in Groovy or Kotlin. */
function fileIn(site: Site, directory: string, name: 'build' | 'settings'): GradleFile | undefined {
  for (const each of [`${name}.gradle`, `${name}.gradle.kts`]) {
    const file = site.context.file(resolvePath(directory, each) ?? '');
    if (file?.ecosystem === 'gradle') return file;
  }
  return undefined;
}

function settingsOf(site: Site, directory: string): GradleFile | undefined {
  return fileIn(site, directory, 'settings');
}

/** What to copy of a `build` directory so that the file in it has what it refers to. */
function productIn(site: Site, path: string, output: string, program: Argv): string | Refusal {
  const [first = '', second = ''] = path.slice(output.length + 1).split('/');
  // The start script finds its libraries beside it.
  if (first === 'install') return `${output}/${first}/${second}`;
  if (first !== 'libs') return first.endsWith('.jar') ? path : `${output}/${first}`;
  if (program.name !== 'java') return refuse('product');
  if (!program.args.includes('-jar')) return second.includes('*') ? `${output}/libs` : path;
  const directory = directoryOf(output);
  const file = nameOf(path);
  const project = fileIn(site, directory, 'build');
  if (project?.hasClassPath === true) return refuse('classPath', { file: 'build.gradle' });
  const made = archiveName(site, directory, project);
  const rest = made === undefined || !file.startsWith(made) ? undefined : file.slice(made.length);
  // A classifier at most stands between the name and the ending: `-all`, `-plain`.
  if (made !== undefined && !file.includes('*') && !/^(?:-[A-Za-z]\w*)?\.[jw]ar$/.test(rest ?? '')) return refuse('otherProduct', { project: 'settings.gradle', made: `build/libs/${made}.jar`, program: `build/libs/${file}` });
  return path;
}

/** How the archives of the root project begin, where the files say it plainly. */
function archiveName(site: Site, directory: string, project: GradleFile | undefined): string | undefined {
  const name = settingsOf(site, directory)?.name;
  const properties = site.context.file(resolvePath(directory, 'gradle.properties') ?? '');
  const version = project?.version ?? (properties?.ecosystem === 'gradle' ? properties.version : undefined);
  const isGiven = site.steps.some(({ invocations }) => invocations.some(({ name: each, args }) => each.startsWith('gradle') && args.some((arg) => arg === undefined || /^-P.*(?:version|name)|^-P$/i.test(arg))));
  return name === undefined || version === undefined || project === undefined || project.renames || isGiven ? undefined : `${name}-${version}`;
}
