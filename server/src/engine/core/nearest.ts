/**
 * The name a person most likely meant, or undefined where none is near: at most a third of the letters may differ. The
 * last part of a name (`bare-pod` of `kubernetes/bare-pod`) stands for the whole where only one name ends so.
 */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  if (wanted === '' || wanted.length > longest) return undefined;
  const ending = names.filter((name) => name.endsWith(`/${wanted}`));
  if (ending.length === 1) return ending[0];
  const [best] = names
    .map((name) => ({ name, distance: distance(wanted, name.toLowerCase()) }))
    .filter(({ name, distance: far }) => far <= Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/** What is longer was not typed; comparing it would only cost time. */
const longest = 100;

/** How many single letters must be put in, taken out, changed or swapped with their neighbour (Damerau-Levenshtein). */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const ways = [(last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + cost];
      if (swapped) ways.push((before[column - 2] ?? 0) + 1);
      current.push(Math.min(...ways));
    }
    [before, last] = [last, current];
  }
  return last[b.length] ?? 0;
}
