/** Builtins and reserved words without a program of the same name that would do the same (POSIX shell, 2.14 and 1.6). */
export const builtins: ReadonlySet<string> = new Set([
  '.', ':', 'alias', 'bg', 'break', 'builtin', 'cd', 'command', 'continue', 'declare', 'eval', 'exit', 'export', 'fg', 'getopts', 'hash',
  'jobs', 'let', 'local', 'popd', 'pushd', 'read', 'readonly', 'return', 'set', 'shift', 'shopt', 'source', 'test', 'times', 'trap',
  'type', 'typeset', 'ulimit', 'umask', 'unalias', 'unset', 'wait', '[',
]);

/** Commands that are no server: where one of them stands last, the program that matters stands before it. */
export const setupless: ReadonlySet<string> = new Set([
  ':', 'cat', 'chmod', 'chown', 'cp', 'date', 'echo', 'exit', 'false', 'kill', 'killall', 'ln', 'ls', 'mkdir', 'mkfifo', 'mv', 'pkill', 'printf', 'rm',
  'rmdir', 'sleep', 'sync', 'tail', 'touch', 'true', 'wait',
]);
