/** What a `go.mod` tells about the program. */
export interface GoMod {
  readonly ecosystem: 'go';
  readonly module: string;
  /** `1.24` or `1.24.3`; undefined where it is not said. */
  readonly go: string | undefined;
  /** Module paths with versions, indirect ones included: a C library below another module needs a C compiler all the same. */
  readonly requires: ReadonlyMap<string, string>;
}

/** Reads a `go.mod` (go.dev/ref/mod, "go.mod files"). Undefined where no module is named. */
export function readGoMod(text: string): GoMod | undefined {
  const requires = new Map<string, string>();
  let module: string | undefined;
  let go: string | undefined;
  let block: string | undefined;
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const [first = '', second = '', third = ''] = wordsOf(line);
    if (block !== undefined) {
      if (first === ')') block = undefined;
      else if (block === 'require' && second !== '') requires.set(first, second);
      else if (block === 'module' && first !== '') module ??= first;
    } else if (second === '(') block = first;
    else if (first === 'module') module ??= second;
    else if (first === 'go') go ??= second;
    else if (first === 'require' && third !== '') requires.set(second, third);
  }
  return module === undefined || module === '' ? undefined : { ecosystem: 'go', module, go, requires };
}

function wordsOf(line: string): readonly string[] {
  const comment = line.indexOf('//');
  const code = comment >= 0 && (comment === 0 || /\s/.test(line[comment - 1] ?? '')) ? line.slice(0, comment) : line;
  return code.trim().split(/\s+/).map((word) => word.replace(/^(["`])(.*)\1$/, '$2'));
}

/** The program's name by default: the last part of the module's path that is no major version. */
export function programName(module: string): string {
  const parts = module.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  return /^v[2-9]\d*$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? last) : last;
}
