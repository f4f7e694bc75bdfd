/** Where a new item of a container list would be typed. */
export interface ListPlace {
  readonly list: 'initContainers' | 'containers';
  /** Where the dash stands, or would. */
  readonly column: number;
  /** The word that is being typed, with its dash: what a completion takes the place of. */
  readonly start: number;
  readonly end: number;
}

/**
 * Is the offset on a line of a container list on which an item may begin? Read from the lines alone, for a text that is being
 * typed is seldom whole.
 */
export function containerListAt(text: string, offset: number): ListPlace | undefined {
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const line = text.slice(from, found < 0 ? text.length : found).replace(/\r$/, '');
  const match = /^( *)(- *)?([\w-]*)$/.exec(line);
  if (match === null || text.slice(offset, from + line.length).trim() !== '') return undefined;
  const column = match[1]?.length ?? 0;
  const hasDash = match[2] !== undefined;
  const above = text.slice(0, from).split(/\r?\n/).toReversed();
  for (const other of above) {
    if (other.trim() === '' || other.trimStart().startsWith('#')) continue;
    const depth = other.length - other.trimStart().length;
    const key = /^ *(containers|initContainers):\s*(?:#.*)?$/.exec(other)?.[1];
    if (key === 'containers' || key === 'initContainers') {
      // In flush style the dash stands below the key, but a word without a dash there is the next key.
      return depth < column || (depth === column && hasDash) ? { list: key, column, start: from + column, end: from + line.length } : undefined;
    }
    if (depth > column || (depth === column && /^ *- /.test(other))) continue;
    return undefined;
  }
  return undefined;
}
