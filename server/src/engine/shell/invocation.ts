/** The shell of `sh -c body`, and where its body stands. */
export interface ShellInvocation {
  /** `sh`, `bash`, `busybox sh` … without directory. */
  readonly shell: string;
  /** What the shell runs; undefined where the word is not known. */
  readonly body: string | undefined;
  /** Index of the body in the words. */
  readonly bodyIndex: number;
  /** What follows: `$0`, `$1` … of the body. */
  readonly args: readonly (string | undefined)[];
}

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh', 'mksh', 'busybox sh', 'busybox ash']);

/** Is this a shell that runs the text behind `-c`? Takes `-ec`, `-o pipefail -c`, `--login -c` and the like. */
export function isShellInvocation(words: readonly (string | undefined)[]): ShellInvocation | undefined {
  const first = basename(words[0]);
  const busybox = first === 'busybox';
  const shell = busybox ? `busybox ${words[1] ?? ''}` : (first ?? '');
  if (!shells.has(shell)) return undefined;
  for (let at = busybox ? 2 : 1; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || !/^[-+]./.test(word)) return undefined;
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(word)) {
      // `-eco pipefail`: the option's own value comes before the body. `-c -- body`: the options end there.
      const behind = at + 1 + (word.match(/o/g)?.length ?? 0);
      const bodyIndex = words[behind] === '--' ? behind + 1 : behind;
      if (bodyIndex >= words.length) return undefined;
      return { shell, body: words[bodyIndex], bodyIndex, args: words.slice(bodyIndex + 1) };
    }
    if (/^[-+][a-zA-Z]*[oO]$/.test(word) || word === '--rcfile' || word === '--init-file') at += 1;
  }
  return undefined;
}

/** The last segment of a path. */
export function basename(path: string | undefined): string | undefined {
  return path === undefined ? undefined : path.slice(path.lastIndexOf('/') + 1);
}
