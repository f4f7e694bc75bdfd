/** Absolute POSIX paths without `.` and `..`. */

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Is `path` the directory itself, or below it? */
export function isWithin(directory: string, path: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}

/** The path as an instruction writes it in that working directory: `./server` below it, absolute elsewhere. */
export function asWritten(path: string, workdir: string | undefined): string {
  if (workdir === undefined || workdir === '/' || !isWithin(workdir, path)) return path;
  if (path === workdir) return './';
  return `./${path.slice(workdir.length + 1)}`;
}
