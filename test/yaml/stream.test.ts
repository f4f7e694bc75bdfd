import { describe, expect, it } from 'vitest';
import { splitStream } from '../../server/src/engine/yaml/stream.ts';

const texts = (text: string): readonly string[] => splitStream(text).map((chunk) => chunk.text);

describe('splitStream', () => {
  it('gives the documents with their markers', () => {
    expect(texts('a: 1\n---\nb: 2\n--- # c\nd: 3\n')).toEqual(['a: 1\n', '---\nb: 2\n', '--- # c\nd: 3\n']);
  });

  it('knows a marker by what follows it', () => {
    expect(texts('a: 1\n---x: 2\n----\n--- {b: 2}\n---\tc\n---')).toEqual(['a: 1\n---x: 2\n----\n', '--- {b: 2}\n', '---\tc\n', '---']);
  });

  it('splits inside block scalars, as YAML does', () => {
    expect(texts('a: |\n  x\n---\nb: 2\n')).toEqual(['a: |\n  x\n', '---\nb: 2\n']);
    expect(texts('a: |\n  x\n  ---\n  y\n')).toHaveLength(1);
  });

  it('leaves comments before the first marker to the first document', () => {
    expect(texts('# licence\n\n---\na: 1\n')).toEqual(['# licence\n\n---\na: 1\n']);
  });

  it('gives directives to the document they introduce', () => {
    expect(texts('%YAML 1.2\n---\na: 1\n...\n# c\n%YAML 1.1\n---\nb: 2\n')).toEqual(['%YAML 1.2\n---\na: 1\n...\n# c\n', '%YAML 1.1\n---\nb: 2\n']);
  });

  it('begins a document behind an end marker without a start marker', () => {
    expect(texts('a: 1\n...\n# about b\nb: 2\n')).toEqual(['a: 1\n...\n# about b\n', 'b: 2\n']);
    expect(texts('a: 1\n...\n---\nb: 2\n')).toEqual(['a: 1\n...\n', '---\nb: 2\n']);
  });

  it('keeps empty documents, CRLF and the byte order mark', () => {
    expect(texts('\ufeff---\r\na: 1\r\n---\r\n---\r\n')).toEqual(['\ufeff---\r\na: 1\r\n', '---\r\n', '---\r\n']);
    expect(texts('')).toEqual([]);
    expect(splitStream('a\n---\nb')[1]).toEqual({ start: 2, end: 7, text: '---\nb' });
  });

  it('is quick on long streams', () => {
    const text = `---\n${'key: value\n'.repeat(35)}`.repeat(1_000);
    splitStream(text);
    const start = performance.now();
    expect(splitStream(text)).toHaveLength(1_000);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
