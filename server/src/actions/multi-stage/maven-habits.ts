import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import { isJavaPackage, isJavaVariable } from './java.ts';
import type { Habits } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Phases of Maven's lifecycles that keep to the project and the local repository. `site` and `deploy` are for others to read. */
const phases: ReadonlySet<string> = new Set([
  'clean', 'validate', 'initialize', 'generate-sources', 'process-sources', 'generate-resources', 'process-resources', 'compile', 'process-classes', 'test-compile',
  'test', 'prepare-package', 'package', 'pre-integration-test', 'integration-test', 'post-integration-test', 'verify', 'install',
]);
/** Plugins whose goals do as well, by the prefix that Maven gives them. `exec:java` is none: what it runs may do anything. */
const plugins = /^(?:[\w.-]+:)?(?:(?:maven-)?(?:assembly|clean|compiler|dependency|enforcer|failsafe|formatter|install|jar|resources|shade|spotless|surefire|versions|war|wrapper)(?:-plugin|-maven-plugin)?|spring-boot(?:-maven-plugin)?|quarkus(?:-maven-plugin)?):(?:[\w.-]+:)?(?!run\b|start\b|dev\b|run-|deploy)[\w-]+$/;
/** Options with a value that is only read, and that may lie anywhere. */
const reading: ReadonlySet<string> = new Set(['-s', '--settings', '-gs', '--global-settings', '-t', '--toolchains', '-gt', '-f', '--file', '-pl', '--projects', '-P', '--activate-profiles', '-T', '--threads', '-rf', '--resume-from', '-l', '--log-file', '-D', '--define', '-b', '--builder']);
/** Properties with a path that only the build uses. */
const readingProperties = /^-D(?:maven\.repo\.local|maven\.test|settings|java\.io\.tmpdir|maven\.multiModuleProjectDirectory|javax\.net\.ssl\.\w+)/;

/** Are all goals known, and does no property send files out of the project? */
function isMavenBuild({ args }: Invocation): boolean {
  return args.every((arg, index) => {
    if (arg === undefined || reading.has(args[index - 1] ?? '')) return true;
    if (arg.startsWith('-')) return readingProperties.test(arg) || !/^-D[^=]*=(?:\/|\.\.)/.test(arg);
    return phases.has(arg) || plugins.test(arg) || arg.startsWith('-');
  });
}

/** What surrounds a Maven build: the wrapper, settings, the standard directory layout (maven.apache.org). */
export const mavenHabits: Habits = {
  programs: new Set(['mvn', 'mvnw', 'mvnd', 'mvnDebug', 'javac', 'jar', 'jdeps', 'dos2unix']),
  isBuild: (invocation) => !invocation.name.startsWith('mvn') || isMavenBuild(invocation),
  isBuildPackage: (name) => isBuildPackage(name) || isJavaPackage(name) || name === 'maven',
  variables: (name) => /^(?:MAVEN_\w+|MVNW_\w+|M2|M2_HOME|USER_HOME_DIR)$/.test(name) || isJavaVariable(name),
  directories: ['/root', '/usr/share/maven'],
  isSource: (path) => {
    const name = path.replace(/\/$/, '').slice(path.replace(/\/$/, '').lastIndexOf('/') + 1);
    // A single file of the sources that is copied by name is wanted for itself.
    if (/(?:^|\/)(?:src|\.mvn)(?:\/|$)/.test(path) && !/\.(?!mvn|java$|kt$|xml$)\w+$/.test(name)) return true;
    return /^(?:pom\.xml\*?|\*\.xml|mvnw\*?|mvnw\.cmd|settings[\w.-]*\.xml|lombok\.config|[\w*]+\.java|checkstyle[\w.-]*\.xml|\.git\w*|LICENSE|README(?:\.md)?|Makefile)$/.test(name);
  },
};
