import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documents, layouts, values } from './layouts.ts';
import { fault, operations, type Surgery } from './surgery.ts';

/**
 * The generated layouts must be able to see every known way to get surgery wrong. Each mutant is the real code with one
 * real change; the net that checks edits before they are given out is cut in all of them, so that a fault shows itself.
 */
interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const noNet: Mutation = {
  file: 'surgery.ts',
  find: 'return isAsIntended(tree, attempt, { ...intent, comments: gone }) ? outcomeOf(attempt)',
  replace: 'return isAsIntended(tree, attempt, { ...intent, comments: gone }) || true ? outcomeOf(attempt)',
};

const mutants: Readonly<Record<string, Mutation>> = {
  'inserts before the comment on the same line': {
    file: 'block.ts',
    find: 'const at = extentEnd(text, slot.end, column, isFlush);\n  return [replaceLines(text, at, at, indent(lines, column))];',
    replace:
      "const eol = text[slot.end - 1] === '\\n' ? '' : eolAt(text, slot.end);\n  return [{ span: { start: slot.end, end: slot.end }, newText: eol + indent(lines, column).join(eolAt(text, slot.end)) + (eol === '' ? eolAt(text, slot.end) : '') }];",
  },
  'ignores the end of a block scalar': {
    file: 'block.ts',
    find: 'const at = extentEnd(text, slot.end, column, isFlush);\n  return',
    replace: 'const last = lastOf(slot.value);\n  const at = isBlockScalar(last) ? nextLine(text, last.start) : extentEnd(text, slot.end, column, isFlush);\n  return',
  },
  'always writes LF': { file: 'lines.ts', find: "? '\\r\\n' : '\\n';\n}", replace: "? '\\n' : '\\n';\n}" },
  'writes through anchors': { file: 'surgery.ts', find: "if (at.borrowed || at.anchored) return refuse('shared', at);", replace: '' },
  'loses the dash when the first key goes': {
    file: 'block.ts',
    find: 'const gone: TextEdit = { span: { start: slot.start, end: next.start }',
    replace: 'const gone: TextEdit = { span: { start: lineStart(text, slot.start), end: next.start }',
  },
  'loses comments between the first key and the next': { file: 'block.ts', find: "return above === '' ? [gone]", replace: 'return true ? [gone]' },
  'puts new keys between a value and its deeper comments': { file: 'lines.ts', find: 'if (depth > column || (flush', replace: 'if (column < 0 || (flush' },
  'adds a final line end': { file: 'lines.ts', find: 'if (!bare || text.length === 0) return', replace: 'if (from < to || text.length === 0) return' },
  'writes before the byte order mark': { file: 'lines.ts', find: "return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;", replace: 'return start;' },
  'never quotes': { file: 'render.ts', find: 'return isPlain ? text', replace: 'return text !== "" ? text' },
  'moves block scalars by their first line only': { file: 'block.ts', find: 'if (lineEnd(text, at) > at) edits.push(', replace: 'if (lineEnd(text, at) > at && edits.length < 3) edits.push(' },
  'forgets the comma in flow collections': { file: 'flow.ts', find: "if (slot.comma === undefined) return [insertion(slot.end, ','),", replace: 'if (slot.comma === undefined) return [' },
};

const folder = fileURLToPath(new URL('../../server/src/engine/yaml/', import.meta.url));

async function load(mutations: readonly Mutation[]): Promise<Surgery> {
  const used = new Set<Mutation>();
  const result = await build({
    stdin: { contents: "export * from './edit.ts'; export { parseDocument } from './document.ts';", resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    plugins: [
      {
        name: 'mutate',
        setup: (bundle) => {
          bundle.onLoad({ filter: /engine[\\/]yaml[\\/][a-z]+\.ts$/ }, ({ path }) => {
            let contents = readFileSync(path, 'utf8');
            for (const mutation of mutations.filter(({ file }) => path.endsWith(file))) {
              if (contents.split(mutation.find).length !== 2) throw new Error(`${mutation.file} has changed: a mutant must be written anew`);
              contents = contents.replace(mutation.find, () => mutation.replace);
              used.add(mutation);
            }
            return { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  if (used.size !== mutations.length) throw new Error('a mutation was not made');
  const code = result.outputFiles[0]?.text ?? '';
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)) as Surgery;
}

const cases = fc.tuple(documents, layouts).chain(([document, layout]) => fc.tuple(fc.constant(document), fc.constant(layout), operations(document, values)));

/** The number of the first generated case in which the properties see a fault; undefined where they see none. */
function firstFault(surgery: Surgery, runs: number): number | undefined {
  let number = 0;
  const run = fc.check(
    fc.property(cases, ([document, layout, operation]) => {
      number += 1;
      return fault(surgery, document, layout, operation) === undefined;
    }),
    { numRuns: runs, seed: 20, endOnFailure: true },
  );
  return run.failed ? number : undefined;
}

describe('mutants of surgery', () => {
  it('is right without its net', async () => {
    expect(firstFault(await load([noNet]), 600)).toBeUndefined();
  }, 120_000);

  for (const [name, mutation] of Object.entries(mutants)) {
    it(`sees one that ${name}`, async () => {
      expect(firstFault(await load([noNet, mutation]), 4_000)).toBeDefined();
    }, 120_000);
  }
});
