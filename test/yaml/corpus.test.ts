import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type Document, parseAllDocuments, type Tags } from 'yaml';
import { applyEdits } from '../../server/src/engine/text/span.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { remove, set } from '../../server/src/engine/yaml/edit.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';
import { splitStream } from '../../server/src/engine/yaml/stream.ts';
import { corpus } from '../corpus/corpus.ts';

const files = corpus().filter(({ type }) => type !== 'dockerfile' && type !== 'helm-template');

/** Every field of a document, down to its scalars. */
function* walk(field: Field): Generator<Field> {
  yield field;
  if (field.borrowed) return;
  for (const item of field.items()) yield* walk(item);
  for (const key of field.keys()) yield* walk(field.at(key));
}

/** The package's own reading of a whole stream, keys as text. YAML 1.1 but for dates and base 60, which kubectl does not know. */
function wholly(text: string): readonly Document.Parsed[] {
  const unknownToKubectl = ['timestamp', 'TIME'];
  const customTags = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || !unknownToKubectl.includes(tag.format ?? tag.tag.slice(18)));
  const all = parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false, stringKeys: true, customTags });
  return (Array.isArray(all) ? all : []).filter(({ contents }) => contents !== null);
}

describe('real files', () => {
  it('read in parts as they read whole', () => {
    const different: string[] = [];
    for (const { path: name, text } of files) {
      // The package takes a dot for a YAML 1.1 number; go-yaml does not.
      if (/[-:] \.$/m.test(text)) continue;
      const chunks = splitStream(text);
      if (chunks.map((chunk) => chunk.text).join('') !== text) different.push(`${name}: the parts are not the whole`);
      const parts = chunks.map((chunk) => parseDocument(chunk.text)).filter(({ root }) => !root.absent);
      const documents = wholly(text);
      if (documents.length !== parts.length) different.push(`${name}: ${String(documents.length)} documents, ${String(parts.length)} parts`);
      parts.forEach((part, index) => {
        const document = documents[index];
        if (document?.errors.some(({ code }) => code === 'NON_STRING_KEY') === true) return;
        if (document === undefined || (part.problems.length === 0) !== (document.errors.length === 0)) different.push(`${name}: problems differ`);
        else if (part.problems.length === 0 && !isDeepStrictEqual(part.root.plain(), document.toJS())) different.push(`${name}: values differ`);
      });
    }
    expect(different).toEqual([]);
  }, 120_000);

  it('come back from a set and its removal byte by byte', () => {
    const wrong: string[] = [];
    let tried = 0;
    let refused = 0;
    files.forEach(({ path: name, text }, number) => {
      const [chunk] = splitStream(text).slice(number % 3);
      if (chunk === undefined || chunk.text.length > 20_000) return;
      const document = parseDocument(chunk.text);
      const fields = [...walk(document.root)];
      const maps = fields.filter((field) => field.kind === 'map' && field.keys().length > 0);
      for (const map of [maps[number % maps.length], maps.at(-1)]) {
        if (map === undefined) continue;
        tried += 1;
        const added = set(map.at('podwright'), { a: ['x', { y: 1 }] });
        if (added.kind === 'refused') {
          refused += 1;
          continue;
        }
        const after = applyEdits(chunk.text, added.edits);
        const back = remove(parseDocument(after).root.at(...keysOf(map), 'podwright'));
        if (back.kind === 'refused' || applyEdits(after, back.edits) !== chunk.text) wrong.push(`${name}: ${map.path}`);
      }
      const leaf = fields.filter((field) => field.kind === 'scalar')[number % 17];
      if (leaf === undefined || document.problems.length > 0 || leaf.borrowed) return;
      const gone = remove(leaf);
      if (gone.kind === 'edits' && parseDocument(applyEdits(chunk.text, gone.edits)).problems.length > 0) wrong.push(`${name}: without ${leaf.path}`);
    });
    expect(wrong).toEqual([]);
    expect(refused).toBeLessThanOrEqual(tried * 0.03);
  }, 120_000);
});

function keysOf(field: Field): readonly (string | number)[] {
  return field.parent === undefined || field.key === undefined ? [] : [...keysOf(field.parent), field.key];
}
