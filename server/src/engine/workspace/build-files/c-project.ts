/** What a `CMakeLists.txt` or a `Makefile` tells about the programs that are linked. */
export interface CProject {
  readonly ecosystem: 'c';
  /** It makes libraries that the program loads when it starts. */
  readonly makesShared: boolean;
  /** Libraries that the linker is given: `ssl` of `-lssl`. */
  readonly linked: readonly string[];
  /** Packages that CMake looks for. */
  readonly packages: readonly string[];
  /** Folders with a file of their own. */
  readonly folders: readonly string[];
}

const most = 1_000;

/** A text without comments. Never throws. */
export function readCmake(text: string): CProject {
  const plain = text.replace(/#[^\r\n]*/g, '');
  const names = (pattern: RegExp): readonly string[] => [...plain.matchAll(pattern)].slice(0, most).map((match) => match[1] ?? '');
  return {
    ecosystem: 'c',
    makesShared: /\badd_library\s*\(\s*[\w.${}-]+\s+(?:SHARED|MODULE)\b|\bBUILD_SHARED_LIBS\s+(?:ON|TRUE|YES|1)\b/i.test(plain),
    linked: [],
    packages: names(/\bfind_package\s*\(\s*([\w.+-]+)/gi),
    folders: names(/\badd_subdirectory\s*\(\s*([\w./-]+)/gi),
  };
}

/** Make's variables and rules are not expanded: what stands in the text counts, wherever it stands. */
export function readMakefile(text: string): CProject {
  const plain = text.replace(/(?:^|\s)#[^\r\n]*/g, '');
  return {
    ecosystem: 'c',
    makesShared: /(?:^|\s)-shared\b|\.so\b/m.test(plain),
    linked: [...new Set([...plain.matchAll(/(?:^|\s|=)-l([\w+.-]+)/gm)].slice(0, most).map((match) => match[1] ?? '')), ...(/-fopenmp\b/.test(plain) ? ['gomp'] : [])],
    packages: [],
    folders: [],
  };
}
