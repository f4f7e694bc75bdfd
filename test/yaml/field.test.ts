import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import type { Field } from '../../server/src/engine/yaml/field.ts';

const root = (text: string): Field => parseDocument(text).root;

function underlined(text: string, field: Field): string {
  return text.slice(field.span.start, field.span.end);
}

describe('Field', () => {
  const pod = [
    'kind: Pod',
    'metadata:',
    '  name: web',
    'spec:',
    '  containers:',
    '  - name: app # main',
    '    image: "nginx:1.27"',
    '    ports: []',
    '    resources: # none',
    '    livenessProbe:',
    '      httpGet: {path: /, port: 0440}',
    '',
  ].join('\n');

  it('reads present values with their places', () => {
    const image = root(pod).at('spec', 'containers', 0, 'image');
    expect([image.state, image.kind, image.text, image.raw, image.path]).toEqual(['present', 'scalar', 'nginx:1.27', '"nginx:1.27"', 'spec.containers[0].image']);
    expect(underlined(pod, image)).toBe('"nginx:1.27"');
    expect(pod.slice(image.keySpan?.start, image.keySpan?.end)).toBe('image');
    expect(root(pod).at('spec', 'containers', 0, 'livenessProbe', 'httpGet', 'port').int).toBe(288);
  });

  it('gives the same object for the same path', () => {
    const document = root(pod);
    expect(document.at('spec', 'containers', 0)).toBe(document.at('spec').at('containers').items()[0]);
    expect(document.at('spec', 'nothing')).toBe(document.at('spec', 'nothing'));
  });

  it('says where absent values would stand', () => {
    const container = root(pod).at('spec', 'containers', 0);
    const probe = container.at('readinessProbe', 'httpGet', 'path');
    expect([probe.state, probe.kind, probe.scalar, probe.path]).toEqual(['absent', 'absent', undefined, 'spec.containers[0].readinessProbe.httpGet.path']);
    expect(underlined(pod, probe)).toBe('app');
    expect(underlined(pod, container.at('livenessProbe', 'exec'))).toBe('livenessProbe');
    expect(underlined(pod, root(pod).at('status'))).toBe('web');
    expect(underlined('kind: Pod\n', root('kind: Pod\n').at('spec'))).toBe('kind');
  });

  it('underlines keys and names, never whole collections', () => {
    expect(underlined(pod, root(pod).at('spec', 'containers'))).toBe('containers');
    expect(underlined(pod, root(pod).at('spec', 'containers', 0))).toBe('app');
    expect(underlined(pod, root(pod).at('spec', 'containers', 0, 'resources'))).toBe('resources');
    expect(underlined(pod, root(pod))).toBe('web');
  });

  it('tells null, empty and missing apart', () => {
    const container = root(pod).at('spec', 'containers', 0);
    expect([container.at('resources').present, container.at('resources').isNull, container.at('resources').isEmpty]).toEqual([true, true, true]);
    expect([container.at('ports').isNull, container.at('ports').isEmpty, container.at('ports').kind]).toEqual([false, true, 'sequence']);
    expect(container.at('resources', 'limits').state).toBe('absent');
    expect(container.at('image', 'tag').state).toBe('absent');
    expect(container.at('ports', 5).state).toBe('absent');
    expect(root('').state).toBe('absent');
    expect(root('# nothing\n').at('a').state).toBe('absent');
  });

  it('gives the comment on the same line', () => {
    const container = root(pod).at('spec', 'containers', 0);
    expect(container.at('name').comment).toBe('main');
    expect(container.at('resources').comment).toBe('none');
    expect(container.at('image').comment).toBeUndefined();
    expect(root('a: | # head\n  x\n').at('a').comment).toBe('head');
    expect(root('a: # key\n  b: 1 # value\n').at('a').comment).toBe('key');
    expect(root('a: {b: 1, # in\n  c: 2} # out\n').at('a').comment).toBe('out');
  });

  it('has keys that are no words', () => {
    const labels = root('a:\n  app.kubernetes.io/name: x\n  8080: y\n  "q": z\n  ? [k]\n  : v\n').at('a');
    expect(labels.keys()).toEqual(['app.kubernetes.io/name', '8080', 'q', '[k]']);
    expect(labels.at('8080').path).toBe('a["8080"]');
    expect(labels.has('app.kubernetes.io/name')).toBe(true);
    expect([labels.at('8080').text, labels.at('8080').bool, labels.at('q').text]).toEqual([undefined, true, 'z']);
  });

  it('follows aliases and merge keys, and says so', () => {
    const text = 'base: &base\n  image: a\n  env: {x: 1}\nmore: &more {image: b, tty: true}\none:\n  <<: *base\n  image: own\ntwo:\n  <<: [*base, *more]\nthree: *base\n';
    const document = root(text);
    expect([document.at('one', 'image').text, document.at('one', 'image').borrowed]).toEqual(['own', false]);
    expect([document.at('one', 'env', 'x').int, document.at('one', 'env', 'x').borrowed]).toEqual([1, true]);
    expect([document.at('two', 'image').text, document.at('two', 'tty').bool]).toEqual(['a', true]);
    expect([document.at('three', 'image').text, document.at('three').borrowed, document.at('three').raw]).toEqual(['a', true, '*base']);
    expect(document.at('two').keys()).toEqual(['image', 'env', 'tty']);
    expect(document.at('one', 'ports').state).toBe('absent');
    expect(document.at('base').anchored).toBe(true);
    expect(document.at('one').plain()).toEqual({ image: 'own', env: { x: 1 } });
  });

  it('does not know what an unresolved merge key or alias holds', () => {
    const document = root('a:\n  <<: *nowhere\n  b: 1\nc: *nowhere\n');
    expect([document.at('a', 'b').int, document.at('a', 'x').state, document.at('c').state, document.at('c').kind]).toEqual([1, 'unknown', 'unknown', 'unknown']);
  });

  it('takes the last of equal keys, as kubectl does', () => {
    const text = 'a: 1\nb: 2\na: 3\n';
    const document = parseDocument(text);
    expect(document.root.at('a').int).toBe(3);
    expect(document.duplicateKeys().map(({ name, span, first }) => [name, first.start, span.start])).toEqual([['a', 0, 10]]);
  });

  it('does not guess at template text', () => {
    const document = root('image: "\ue000\ue000:1"\nport: \ue000\n');
    expect([document.at('image').present, document.at('image').opaque, document.at('image').scalar, document.at('image').text]).toEqual([true, true, undefined, undefined]);
    expect(document.at('port', 'x').state).toBe('unknown');
    expect(document.plain()).toBeUndefined();
  });

  it('counts UTF-16, with CRLF and a byte order mark', () => {
    const text = '\ufeffa: "😀"\r\nb:\r\n- c: 😀 x # 😀\r\n  d: 1\r\n';
    const d = root(text).at('b', 0, 'd');
    expect(d.valueSpan).toEqual({ start: text.indexOf('1'), end: text.indexOf('1') + 1 });
    expect(root(text).at('b', 0, 'c').raw).toBe('😀 x');
    expect(root(text).at('a').raw).toBe('"😀"');
  });

  it('reads tags', () => {
    expect(root('a: !!str 12\nb: !!int "12"\nc: !custom 12\nd: ! 12\n').plain()).toEqual({ a: '12', b: 12, c: '12', d: '12' });
  });

  it('reads what it can of a broken document', () => {
    const document = parseDocument('kind: Pod\nspec: [a\nname: x\n');
    expect(document.problems.length).toBeGreaterThan(0);
    expect(document.root.at('kind').text).toBe('Pod');
  });

  it('keeps its own type', () => {
    interface Shape {
      readonly spec?: { readonly list?: readonly { readonly name: string }[] };
    }
    const names = root('spec:\n  list: [{name: a}, {name: b}]\n').as<Shape>().get('spec').get('list').items().map((item) => item.get('name').text);
    expect(names).toEqual(['a', 'b']);
  });
});
