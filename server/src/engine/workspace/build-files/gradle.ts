/** What a Gradle settings file, build file or `gradle.properties` tells about what the build makes. */
export interface GradleFile {
  readonly ecosystem: 'gradle';
  /** Name of the root project, in a settings file. */
  readonly name: string | undefined;
  /** Folders of the subprojects that a settings file includes. */
  readonly projects: readonly string[];
  /** Of the project, where it is written as a plain text at the top level. */
  readonly version: string | undefined;
  /** Ids of plugins. */
  readonly plugins: readonly string[];
  /** The Java release that is compiled for, as `21`. */
  readonly java: string | undefined;
  /** It says something of how archives are called, or computes the version. */
  readonly renames: boolean;
  /** A jar's manifest names other jars by their paths. */
  readonly hasClassPath: boolean;
}

/** A longer file is no build script that people write. */
const longest = 300_000;

/** Reads what is written plainly in Groovy, Kotlin or properties; what is computed has no value. Never throws. */
export function readGradle(text: string): GradleFile | undefined {
  if (text.length > longest) return undefined;
  const code = withoutComments(text.replace(/^\ufeff/, ''));
  const java =
    /\bjvmToolchain\s{0,3}\(\s{0,3}(\d{1,2})/.exec(code) ??
    /\bJavaLanguageVersion\.of\(\s{0,3}['"]?(\d{1,2})/.exec(code) ??
    /\b(?:target|source)Compatibility\s{0,3}=?\s{0,3}(?:JavaVersion\.VERSION_|JavaVersion\.toVersion\(\s?)?['"]?(?:1[._])?(\d{1,2})\b/.exec(code);
  return {
    ecosystem: 'gradle',
    name: /\brootProject\.name\s{0,3}=\s{0,3}(['"])([^'"$\r\n]{1,200})\1/.exec(code)?.[2],
    projects: projectsIn(code),
    version: /^version[ \t]{0,20}(?:=[ \t]{0,20})?(?:(['"])([^'"$\r\n]{1,100})\1|(\d[\w.+-]{0,100}))[ \t]{0,20};?[ \t]{0,20}$/m.exec(code)?.slice(2).join(''),
    plugins: [...code.matchAll(/\b(?:id|apply[ \t]{1,20}plugin[ \t]{0,20}:)[ \t]{0,20}\(?[ \t]{0,20}['"]([\w.-]{1,200})['"]/g)].flatMap(([, id]) => id ?? []),
    java: java?.[1],
    renames: /\barchive(?:s?BaseName|FileName|Version|Classifier|Appendix|Name)\b|\bbaseName\b|\bfinalName\b|\bjarName\b|^version[ \t]{0,20}=?[ \t]{0,20}(?:.{0,200}\$|[\w.]{1,200}\()/m.test(code),
    hasClassPath: /['"]Class-Path['"]/.test(code),
  };
}

function projectsIn(code: string): readonly string[] {
  const calls = [...code.matchAll(/\binclude(?:[ \t]{0,20}\(([^()]{0,10000})\)|[ \t]{1,20}((?:['"][^'"\r\n]{1,200}['"],?\s{0,20}){1,500}))/g)];
  const paths = calls.flatMap(([, inBrackets, bare]) => [...(inBrackets ?? bare ?? '').matchAll(/['"]([^'"\r\n]+)['"]/g)].flatMap(([, path]) => path ?? []));
  return paths.map((path) => path.replace(/^:/, '').replaceAll(':', '/'));
}

/** Without comments. `//` in a text, as in the address of a repository, has no blank before it. */
function withoutComments(text: string): string {
  const parts = text.split('/*');
  const code = parts.map((part, index) => {
    if (index === 0) return part;
    const end = part.indexOf('*/');
    // `include '*/**'`: no end, so it was none.
    return end < 0 ? part : part.slice(end + 2);
  });
  return code.join(' ').replace(/(^|[ \t])(?:\/\/|#).*$/gm, '$1');
}
