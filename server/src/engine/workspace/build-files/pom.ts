import { elementAt, readXml, type XmlElement } from './xml.ts';

/** What a `pom.xml` tells about what Maven makes. */
export interface Pom {
  readonly ecosystem: 'maven';
  readonly artifactId: string;
  /** Its own or its parent's; undefined where neither is written. */
  readonly version: string | undefined;
  /** `jar` where nothing is written. */
  readonly packaging: string;
  /** Name of the file in `target/` without its ending; undefined where a property of it is not defined here. */
  readonly finalName: string | undefined;
  /** The Java release that is compiled for, as `21`. */
  readonly java: string | undefined;
  /** Folders of modules: the artifact is made in one of them. */
  readonly modules: readonly string[];
  /** Artifact ids of the build's plugins. */
  readonly plugins: readonly string[];
  /** The parent's artifact id, as `spring-boot-starter-parent`. */
  readonly parent: string | undefined;
}

/** Undefined for what is no project with an artifactId. */
export function readPom(text: string): Pom | undefined {
  const project = readXml(text);
  const artifactId = written(project, 'artifactId');
  if (project?.name !== 'project' || artifactId === undefined) return undefined;
  const version = written(project, 'version') ?? written(project, 'parent', 'version');
  const properties = new Map((elementAt(project, 'properties')?.children ?? []).map(({ name, text: value }) => [name, value]));
  for (const prefix of ['project.', 'pom.', '']) {
    properties.set(`${prefix}artifactId`, artifactId);
    if (version !== undefined) properties.set(`${prefix}version`, version);
  }
  const fill = (value: string | undefined): string | undefined => filled(value, properties);
  const plugins = elementAt(project, 'build', 'plugins')?.children ?? [];
  const compiler = plugins.find((plugin) => written(plugin, 'artifactId') === 'maven-compiler-plugin');
  return {
    ecosystem: 'maven',
    artifactId,
    version: fill(version),
    packaging: fill(written(project, 'packaging')) ?? 'jar',
    finalName: fill(written(project, 'build', 'finalName') ?? '${artifactId}-${version}'),
    java: release(
      fill(written(compiler, 'configuration', 'release') ?? written(compiler, 'configuration', 'target')) ??
        fill(properties.get('maven.compiler.release') ?? properties.get('maven.compiler.target') ?? properties.get('java.version')),
    ),
    modules: (elementAt(project, 'modules')?.children ?? []).map((module) => module.text),
    plugins: plugins.flatMap((plugin) => written(plugin, 'artifactId') ?? []),
    parent: written(project, 'parent', 'artifactId'),
  };
}

function written(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  const text = elementAt(element, ...names)?.text;
  return text === '' ? undefined : text;
}

/** No version or file name is longer. */
const longest = 500;

/** With `${name}` replaced, through a few levels; undefined where a name has no value in this file. */
function filled(value: string | undefined, properties: ReadonlyMap<string, string>): string | undefined {
  let text = value;
  for (let level = 0; level < 5 && text?.includes('${') === true && text.length < longest; level += 1) {
    text = text.replace(/\$\{([^{}]{1,100})\}/g, (whole, name: string) => {
      const property = properties.get(name);
      return property === undefined || property.length > longest ? whole : property;
    });
  }
  return text?.includes('${') === true ? undefined : text;
}

/** `1.8` is Java 8. */
function release(version: string | undefined): string | undefined {
  return version?.replace(/^1\./, '');
}
