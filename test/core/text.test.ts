import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../server/src/engine/text/source.ts';
import { applyEdits, touches } from '../../server/src/engine/text/span.ts';
import { parseImageRef, officialName } from '../../server/src/engine/catalog/image-ref.ts';
import { kindOf, looksLikeManifest } from '../../server/src/engine/sniff.ts';

describe('SourceText', () => {
  it('counts lines as the protocol does: LF, CRLF and a lone CR', () => {
    const source = new SourceText('a\nb\r\nc\rd');
    expect([0, 1, 2, 3, 4].map((line) => source.slice(source.line(line)))).toEqual(['a', 'b', 'c', 'd', '']);
    expect(source.lineCount).toBe(4);
  });

  it('counts UTF-16 code units', () => {
    expect(new SourceText('a\n😀b').positionAt(4)).toEqual({ line: 1, character: 2 });
  });

  it('goes from offsets to positions and back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '😀')), fc.nat(), (parts, at) => {
        const source = new SourceText(parts.join(''));
        const offset = at % (source.length + 1);
        const position = source.positionAt(offset);
        const back = source.offsetAt(position);
        // Inside a line end there is no position of its own: the end of the line stands for it.
        expect(back === offset || /[\r\n]/.test(source.text.slice(back, offset))).toBe(true);
      }),
    );
  });

  it('has the lines of its text after edits, too', () => {
    const part = fc.constantFrom('a', 'bc', '\n', '\n', '\r\n', '\r');
    const texts = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, fc.boolean(), fc.array(fc.tuple(fc.nat(), fc.nat(3), texts), { maxLength: 3 }), (text, isCounted, changes) => {
        const source = new SourceText(text);
        if (isCounted) expect(source.lineCount).toBeGreaterThan(0);
        let edited = source;
        for (const [at, gone, newText] of changes) {
          const start = at % (edited.length + 1);
          edited = edited.edited([{ span: { start, end: Math.min(edited.length, start + gone) }, newText }]);
        }
        const whole = new SourceText(edited.text);
        const linesOf = (one: SourceText): unknown => Array.from({ length: one.lineCount }, (_, line) => one.line(line));
        expect(linesOf(edited)).toEqual(linesOf(whole));
      }),
      { numRuns: 500 },
    );
    const lines = new SourceText('a\nb\nc\nd');
    expect(lines.lineCount).toBe(4);
    const both = lines.edited([{ span: { start: 6, end: 6 }, newText: '\n' }, { span: { start: 0, end: 2 }, newText: '' }]);
    expect(Array.from({ length: both.lineCount }, (_, line) => both.lineStart(line))).toEqual([0, 2, 4, 5]);
  });

  it('knows the line end in use', () => {
    expect(new SourceText('a\r\nb\n').eol).toBe('\r\n');
    expect(new SourceText('a\nb\r\n').eol).toBe('\n');
    expect(new SourceText('').eol).toBe('\n');
  });
});

describe('applying edits', () => {
  it('takes offsets of the text before any edit', () => {
    expect(applyEdits('abc', [{ span: { start: 2, end: 3 }, newText: 'Z' }, { span: { start: 0, end: 1 }, newText: 'XY' }])).toBe('XYbZ');
  });

  it('refuses overlapping edits, which only a bug can make', () => {
    const twice = [{ span: { start: 0, end: 2 }, newText: '' }, { span: { start: 1, end: 3 }, newText: '' }];
    expect(() => applyEdits('abc', twice)).toThrow(RangeError);
  });

  it('counts touching as overlapping when choosing', () => {
    expect(touches({ start: 0, end: 2 }, { start: 2, end: 4 })).toBe(true);
    expect(touches({ start: 0, end: 2 }, { start: 3, end: 4 })).toBe(false);
  });
});

describe('image references', () => {
  it.each([
    ['nginx', undefined, 'nginx', undefined, undefined],
    ['nginx:1.27', undefined, 'nginx', '1.27', undefined],
    ['localhost:5000/img', 'localhost:5000', 'img', undefined, undefined],
    ['registry.example.com:443/a/b:2', 'registry.example.com:443', 'a/b', '2', undefined],
    ['bitnami/redis:7@sha256:ab', undefined, 'bitnami/redis', '7', 'sha256:ab'],
    ['docker.io/library/postgres@sha256:ab', 'docker.io', 'library/postgres', undefined, 'sha256:ab'],
  ])('%s', (text, registry, repository, tag, digest) => {
    expect(parseImageRef(text)).toMatchObject({ registry, repository, tag, digest });
  });

  it.each(['', 'nginx:', '$IMAGE', '${A}:b', 'a b', '{{ .Values.image }}', '<image>', ':1'])('%j is no image', (text) => {
    expect(parseImageRef(text)).toBeUndefined();
  });

  it('knows official images in all their spellings', () => {
    const names = ['nginx:1', 'library/nginx', 'docker.io/library/nginx:1', 'quay.io/nginx', 'bitnami/nginx'];
    expect(names.map((name) => { const ref = parseImageRef(name); return ref && officialName(ref); }))
      .toEqual(['nginx', 'nginx', 'nginx', undefined, undefined]);
  });
});

describe('what a file is', () => {
  it.each([
    ['Dockerfile', undefined, 'dockerfile'],
    ['/a/Dockerfile.prod', undefined, 'dockerfile'],
    ['api.dockerfile', undefined, 'dockerfile'],
    ['file:///a/Containerfile', 'plaintext', 'dockerfile'],
    ['a/dockerfile.md', undefined, undefined],
    ['a/.dockerignore', undefined, undefined],
    ['deploy.yaml', undefined, 'yaml'],
    ['deploy.yml', 'yaml', 'yaml'],
    ['docker-compose.yml', 'yaml', undefined],
    ['compose.prod.yaml', undefined, undefined],
    ['x.yaml', 'dockercompose', undefined],
    ['Untitled-1', 'yaml', 'yaml'],
    ['Untitled-1', 'dockerfile', 'dockerfile'],
    ['templates/deployment.yaml', 'helm', 'yaml'],
    ['notes.txt', 'plaintext', undefined],
    ['a%20b/Dockerfile', undefined, 'dockerfile'],
  ])('%s (%s) is %s', (path, language, kind) => {
    expect(kindOf(path, language)).toBe(kind);
  });

  it('tells manifests from other YAML without a parse', () => {
    expect(looksLikeManifest('apiVersion: v1\nkind: Pod\n')).toBe(true);
    expect(looksLikeManifest('{"apiVersion": "v1", "kind": "Pod"}')).toBe(true);
    expect(looksLikeManifest('name: ci\non: push\n')).toBe(false);
    expect(looksLikeManifest('kind: x\nmykind: y\n')).toBe(false);
  });
});
