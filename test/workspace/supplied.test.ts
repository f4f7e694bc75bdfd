import { describe, expect, it } from 'vitest';
import { parseDocument, withSupplied } from '../../server/src/engine/yaml/document.ts';
import { set } from '../../server/src/engine/yaml/edit.ts';
import { Field } from '../../server/src/engine/yaml/field.ts';
import type { Node } from '../../server/src/engine/yaml/node.ts';
import { suppliedIn, type SuppliedPath } from '../../server/src/engine/yaml/supplied.ts';

const text = `spec:
  containers:
  - name: app
    image: a
    env: []
  - name: side
`;
const root = parseDocument(text).root;

function node(...path: readonly (string | number)[]): Node {
  const found = Field.placeOf(root.at(...path)).node;
  if (found === undefined) throw new Error(path.join());
  return found;
}

function answers(...paths: readonly SuppliedPath[]) {
  const supplied = suppliedIn([{ root: Field.placeOf(root).node, paths }]);
  const has = (key: string, ...path: readonly (string | number)[]): boolean => {
    const at = node(...path);
    return at.kind === 'map' && supplied.mayHave(at, key);
  };
  const open = (...path: readonly (string | number)[]): boolean => {
    const at = node(...path);
    return at.kind === 'sequence' && supplied.isGrowing(at);
  };
  return { has, open, replaced: (...path: readonly (string | number)[]) => supplied.isReplaced(node(...path)) };
}

it('makes a missing key possible in the item of that name, and nowhere else', () => {
  const { has } = answers(['spec', 'containers', { name: 'app' }, 'resources', 'limits', 'memory']);
  expect([has('resources', 'spec', 'containers', 0), has('resources', 'spec', 'containers', 1), has('limits', 'spec', 'containers', 0)]).toEqual([true, false, false]);
});

it('finds items by their index, and opens a list for items behind the last and for names it does not have', () => {
  expect(answers(['spec', 'containers', 1, 'image']).has('image', 'spec', 'containers', 1)).toBe(true);
  expect(answers(['spec', 'containers', Number.MAX_SAFE_INTEGER]).open('spec', 'containers')).toBe(true);
  expect(answers(['spec', 'containers', { name: 'new' }, 'image']).open('spec', 'containers')).toBe(true);
  expect(answers(['spec', 'containers', { name: 'app' }, 'image']).open('spec', 'containers')).toBe(false);
});

it('marks values that another may replace, and lists that are merged', () => {
  const { replaced, open } = answers(['spec', 'containers', { name: 'app' }, 'image'], ['spec', 'containers', { name: 'app' }, 'env']);
  expect([replaced('spec', 'containers', 0, 'image'), replaced('spec', 'containers', 1, 'name'), open('spec', 'containers', 0, 'env')]).toEqual([true, false, true]);
});

it('takes a number for a key where it meets a map', () => {
  expect(answers(['spec', 8080]).has('8080', 'spec')).toBe(true);
});

it('says nothing of an empty document', () => {
  expect(() => suppliedIn([{ root: undefined, paths: [['a']] }])).not.toThrow();
});

describe('fields of a document with what overlays supply', () => {
  const document = parseDocument(text);
  const container = (...paths: readonly SuppliedPath[]) => withSupplied(document, [{ object: document.root, paths }]).root.at('spec', 'containers');
  const app = { name: 'app' };

  it('are unknown where they are not written, with all below', () => {
    const containers = container(['spec', 'containers', app, 'readinessProbe', 'httpGet', 'path']);
    expect(containers.at(0, 'readinessProbe').state).toBe('unknown');
    expect(containers.at(0, 'readinessProbe', 'exec').state).toBe('unknown');
    expect(containers.at(1, 'readinessProbe').state).toBe('absent');
    expect(document.root.at('spec', 'containers', 0, 'readinessProbe').state).toBe('absent');
  });

  it('have no known value where it is replaced', () => {
    const image = container(['spec', 'containers', app, 'image']).at(0, 'image');
    expect([image.state, image.text, image.opaque]).toEqual(['present', undefined, true]);
  });

  it('may be items behind the last', () => {
    const containers = container(['spec', 'containers', { name: 'new' }, 'image']);
    expect([containers.items().length, containers.at(2).state]).toEqual([2, 'unknown']);
  });

  it('are not all of a collection: it is not empty, and not known as a whole', () => {
    const containers = container(['spec', 'containers', app, 'env'], ['spec', 'containers', app, 'args']);
    expect([containers.at(0, 'env').isEmpty, containers.at(0).plain()]).toEqual([false, undefined]);
    expect(containers.at(1).plain()).toEqual({ name: 'side' });
  });

  it('refuse to be written', () => {
    expect(set(container(['spec', 'containers', app, 'readinessProbe']).at(0, 'readinessProbe'), {}).kind).toBe('refused');
    expect(set(container(['spec', 'containers', app, 'readinessProbe']).at(1, 'readinessProbe'), {}).kind).toBe('edits');
  });
});
