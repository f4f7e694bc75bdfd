/**
 * Names of files, as the workspace compares them: URIs or absolute paths with forward slashes, in one spelling each. No
 * file system is asked, so symbolic links stay what they are.
 */

/** The one spelling of a URI or path: percent signs resolved, forward slashes, a small drive letter, no trailing slash. */
export function fileKey(uri: string): string {
  if (last.uri !== uri) last = { uri, key: keyOf(uri) };
  return last.key;
}

/** One file is asked for many times, and then the next. */
let last = { uri: '', key: '' };

function keyOf(uri: string): string {
  const scheme = /^[a-z][a-z0-9+.-]+:\/\//i.exec(uri)?.[0];
  if (scheme === undefined) {
    const path = /^[a-z]:[\\/]/i.test(uri) || uri.startsWith('\\\\') ? `/${uri.replaceAll('\\', '/')}` : uri;
    return trimmed(path.replace(/^\/+([a-z]):/i, lowerDrive));
  }
  const rest = decoded(uri.slice(scheme.length).replace(/[?#].*$/s, ''));
  const slash = rest.indexOf('/');
  const [authority, path] = slash < 0 ? [rest, ''] : [rest.slice(0, slash), rest.slice(slash)];
  const local = path.replace(/^\/([a-z]):/i, lowerDrive);
  // A file's URI and its path are the same file.
  if (scheme.toLowerCase() === 'file://' && (authority === '' || authority === 'localhost')) return trimmed(local);
  return trimmed(`${scheme.toLowerCase()}${authority.toLowerCase()}${local}`);
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder a path stands in; '' above the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The folders above a file, nearest first, '' (the top) last where the path is absolute. */
export function foldersAbove(key: string): readonly string[] {
  const top = /^[a-z][a-z0-9+.-]+:\/\/[^/]*/.exec(key)?.[0] ?? '';
  const folders: string[] = [];
  for (let at = key; at.length > top.length && at.includes('/'); ) {
    at = folderOf(at);
    if (at.length < top.length) break;
    folders.push(at);
  }
  return folders;
}

/** Is this text a relative path of files, and not a URL, an absolute path or a variable? */
export function isInside(path: string): boolean {
  return path !== '' && !/^(?:[/\\~]|[a-z]:[\\/])|:\/\/|[\0\n\r]|\$\{|\{\{/i.test(path);
}

/** What a relative path means in a folder; undefined for what is no relative path, and for what leaves the top. */
export function resolveIn(folder: string, path: string): string | undefined {
  if (!isInside(path)) return undefined;
  const top = /^[a-z][a-z0-9+.-]+:\/\/[^/]*/.exec(folder)?.[0] ?? '';
  const segments = folder.slice(top.length).split('/');
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    if (segment === '..') {
      if (segments.length < 2) return undefined;
      segments.pop();
    } else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return top + segments.join('/');
}

/** The path of a file from a folder above it; undefined where it does not stand below. */
export function pathFrom(folder: string, key: string): string | undefined {
  return key.startsWith(`${folder}/`) ? key.slice(folder.length + 1) : undefined;
}

/**
 * How many folders up two files may meet to be of one app. Over real repositories all Services that belonged to a
 * workload of another file met it one folder up at the most, those that matched by accident (`app: nginx`) four.
 */
const nearby = 3;

/** The folders in which a file may meet another that is near to it. */
export function placesAround(key: string): readonly string[] {
  return foldersAbove(key).slice(0, nearby + 1);
}

/** Do two files meet in a folder that is near to both? */
export function isBeside(around: readonly string[], others: ReadonlySet<string>): boolean {
  return around.some((folder) => others.has(folder));
}

function lowerDrive(_: string, letter: string): string {
  return `/${letter.toLowerCase()}:`;
}

/** Without slashes at the end; a path of slashes alone keeps one. */
export function trimmed(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A URI of the file that a key stands for. */
export function fileUri(key: string): string {
  if (key.startsWith('/')) return `file://${key.split('/').map(encodeURIComponent).join('/')}`;
  const scheme = /^[a-z][a-z0-9+.-]+:\/\/[^/]*/.exec(key)?.[0];
  if (scheme === undefined) return key;
  return scheme + key.slice(scheme.length).split('/').map(encodeURIComponent).join('/');
}
