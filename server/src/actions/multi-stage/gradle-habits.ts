import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import { isJavaPackage, isJavaVariable } from './java.ts';
import type { Habits, Product } from './recipe.ts';
import type { Invocation } from './site.ts';

/**
 * Tasks of Gradle and of widely used plugins that keep to the build directory and the caches: docs.gradle.org (Java, Application and
 * Distribution plugins), Spring Boot, Shadow, Ktor, Quarkus, Micronaut. What a task of the project's own does is unknown.
 */
const tasks = new RegExp(
  `^(?:${[
    'clean', 'build', 'assemble', 'check', 'test', 'classes', 'testClasses', 'compile(?:Test)?(?:Java|Kotlin|Groovy|Scala)', 'processResources', 'jar', 'war', 'javadoc', 'sourcesJar',
    'bootJar', 'bootWar', 'bootBuildInfo', 'bootDistTar', 'bootDistZip', 'installBootDist', 'shadowJar', 'installShadowDist', 'fatJar', 'uberJar', 'buildFatJar', 'allJar',
    'installDist', 'distTar', 'distZip', 'startScripts', 'dependencies', 'buildEnvironment', '(?:resolve|download)(?:All)?Dep(?:endencie)?s', 'help', 'tasks', 'projects', 'properties', 'wrapper',
    'quarkusBuild', 'quarkusGoOffline', 'optimizedJit(?:Jar|JarAll)', 'generateProto', 'openApiGenerate', 'publishToMavenLocal', 'spotless(?:Apply|Check)', 'ktlint(?:Check|Format)?', 'kaptKotlin',
    'stage', 'generateJooq', 'generateGrammarSource', 'generateAvroJava', 'detekt', 'checkstyleMain', 'init',
  ].join('|')})$`,
);
/** Options with a value in the next word. */
const valued: ReadonlySet<string> = new Set([
  '-x', '--exclude-task', '-p', '--project-dir', '-b', '--build-file', '-c', '--settings-file', '-g', '--gradle-user-home', '-I', '--init-script', '--project-cache-dir',
  '--console', '--warning-mode', '--max-workers', '--priority', '--tests', '--include-build', '-F', '--dependency-verification', '--configuration',
]);

/** Are all tasks known, and does no property send files out of the project? */
function isGradleBuild({ args }: Invocation, products: readonly Product[]): boolean {
  return args.every((arg, index) => {
    if (arg === undefined || valued.has(args[index - 1] ?? '')) return true;
    if (arg.startsWith('-')) return !/^-[DP][^=]*=(?:\/|\.\.)/.test(arg) || /^-D(?:org\.gradle|gradle|java\.io\.tmpdir|javax\.net\.ssl|maven\.repo)/.test(arg);
    const task = arg.slice(arg.lastIndexOf(':') + 1);
    // Where CMD names what lies in the build directory beside the jar, a task that copies it there is seen.
    return tasks.test(task) || (products.length > 1 && /^copy(?:Runtime)?(?:Dependencie|Lib|Librarie|Jar)s$/.test(task));
  });
}

const name = (path: string): string => path.slice(path.replace(/\/$/, '').lastIndexOf('/') + 1).replace(/\/$/, '');

/** What surrounds a Gradle build: the wrapper, settings, the standard directory layout (docs.gradle.org). */
export const gradleHabits: Habits = {
  programs: new Set(['gradle', 'gradlew', 'javac', 'jar', 'jdeps', 'dos2unix']),
  isBuild: (invocation, products) => !invocation.name.startsWith('gradle') || isGradleBuild(invocation, products),
  isBuildPackage: (each) => isBuildPackage(each) || isJavaPackage(each) || each === 'gradle',
  variables: (each) => /^GRADLE_\w+$/.test(each) || isJavaVariable(each),
  directories: ['/root', '/home/gradle/.gradle', '/opt/gradle'],
  isSource: (path) => {
    // A single file of the sources that is copied by name is wanted for itself.
    if (/(?:^|\/)(?:src|buildSrc|build-logic|gradle)(?:\/|$)/.test(path) && !/\.(?!java$|kt$|kts$|gradle$|toml$|jar$|properties$)\w+$/.test(name(path))) return true;
    return /^(?:gradlew\*?|gradlew\.bat|(?:[\w*-]+\.)?gradle(?:\.kts)?\*?|(?:build|settings)\.(?:gradle\*?|\*)|gradle\*|\*\.kts|gradle\.properties|lombok\.config|[\w*]+\.(?:java|kt)|\.git\w*|\.editorconfig|LICENSE|README(?:\.md)?|Makefile)$/.test(name(path));
  },
};
