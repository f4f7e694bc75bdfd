/** What an interpreter is told to run. */
export interface Interpreted {
  readonly interpreter: 'node' | 'python' | 'perl' | 'php';
  /** A file, a module (`python -m`), a text on the command line, or nothing: then it reads from the terminal. */
  readonly kind: 'script' | 'module' | 'inline' | 'none';
  /** The file or module; undefined where it is not known, and for `inline` and `none`. */
  readonly target: string | undefined;
  /** What follows the file or module. */
  readonly args: readonly (string | undefined)[];
}

/** The options of an interpreter, from its manual page. */
interface Shape {
  readonly interpreter: Interpreted['interpreter'];
  readonly names: RegExp;
  /** Options whose value is the next word. */
  readonly withValue: ReadonlySet<string>;
  /** Options whose value is the program itself. */
  readonly inline: ReadonlySet<string>;
  readonly module: RegExp | undefined;
  /** Options that name the file to run, for interpreters that have one. */
  readonly file: string | undefined;
}

const shapes: readonly Shape[] = [
  {
    interpreter: 'node',
    names: /^node(?:js)?(?:-?\d+)?$/,
    withValue: new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions', '--env-file', '--title', '--icu-data-dir']),
    inline: new Set(['-e', '--eval', '-p', '--print', '-pe']),
    module: undefined,
    file: undefined,
  },
  {
    interpreter: 'python',
    names: /^(?:python|pypy)\d*(?:\.\d+)*$/,
    withValue: new Set(['-W', '-X', '--check-hash-based-pycs']),
    inline: new Set(['-c']),
    module: /^-[a-zA-Z]*m$/,
    file: undefined,
  },
  {
    interpreter: 'perl',
    names: /^perl[\d.]*$/,
    withValue: new Set(['-I']),
    inline: new Set(['-e', '-E', '-ne', '-pe']),
    module: undefined,
    file: undefined,
  },
  {
    interpreter: 'php',
    names: /^php\d*(?:\.\d+)?$/,
    withValue: new Set(['-d', '-c', '--php-ini', '--define', '-S', '-t', '--docroot', '-z', '--zend-extension']),
    inline: new Set(['-r', '--run', '-B', '-R', '-E']),
    module: undefined,
    file: '-f',
  },
];

/**
 * Takes the command line of a known interpreter apart; undefined for other programs.
 * @param name the program without its directory
 */
export function interpreted(name: string, args: readonly (string | undefined)[]): Interpreted | undefined {
  const shape = shapes.find(({ names }) => names.test(name));
  if (shape === undefined) return undefined;
  const { interpreter } = shape;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    if (word === undefined) return { interpreter, kind: 'script', target: undefined, args: args.slice(at + 1) };
    if (shape.inline.has(word)) return { interpreter, kind: 'inline', target: undefined, args: args.slice(at + 2) };
    // `-um` is `-u -m`.
    if (shape.module?.test(word) === true) return { interpreter, kind: 'module', target: args[at + 1], args: args.slice(at + 2) };
    if (word === shape.file || word === '--') return { interpreter, kind: 'script', target: args[at + 1], args: args.slice(at + 2) };
    if (shape.withValue.has(word)) at += 1;
    else if (!word.startsWith('-')) return { interpreter, kind: 'script', target: word, args: args.slice(at + 1) };
  }
  return { interpreter, kind: 'none', target: undefined, args: [] };
}
