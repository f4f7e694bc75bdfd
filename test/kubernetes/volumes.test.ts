import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../../server/src/engine/kubernetes/manifest.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import { freeName } from '../../server/src/engine/kubernetes/new-volume.ts';
import { mountedNames, mountsOf, volumesOf } from '../../server/src/engine/kubernetes/volumes.ts';
import type { Container, Workload } from '../../server/src/engine/kubernetes/workload.ts';
import type { Manifest } from '../../server/src/engine/kubernetes/manifest.ts';
import { cleanPath, isWithin } from '../../server/src/engine/text/posix-path.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';
import { parseTemplate } from '../../server/src/engine/yaml/template.ts';

function read(text: string): { readonly manifest: Manifest; readonly workload: Workload; readonly container: Container } {
  const document = text.includes('{{') ? parseTemplate(text) : parseDocument(text);
  const [manifest] = manifestsOf(document.root.as<ObjectRoot>());
  const workload = manifest?.workload;
  const container = workload?.containers[0];
  if (manifest === undefined || workload === undefined || container === undefined) throw new Error('no workload in this text');
  return { manifest, workload, container };
}

const pod = (rest: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: b\n${rest}`;

describe('volumes', () => {
  it('have the source that is written, an emptyDir where none is, and none where a template writes it', () => {
    const { manifest, workload } = read(pod('  volumes:\n  - name: a\n    secret: {secretName: s}\n  - {name: b}\n  - {name: c, emptyDir: null, hostPath: {path: /}}\n  - name: d\n    {{- toYaml .Values.d | nindent 4 }}\n'));
    const { items, isOpen } = volumesOf(manifest, workload);
    expect(items.map(({ name, source }) => [name, source])).toEqual([['a', 'secret'], ['b', 'emptyDir'], ['c', 'hostPath'], ['d', undefined]]);
    expect(isOpen).toBe(false);
  });

  it('are open where a template may add some', () => {
    for (const rest of ['  volumes:\n  - {name: a}\n  {{- include "x" . | nindent 2 }}\n', '  volumes: {{ .Values.volumes | toJson }}\n', '  volumes:\n    {{- toYaml .Values.volumes | nindent 4 }}\n']) {
      const { manifest, workload } = read(pod(rest));
      expect(volumesOf(manifest, workload).isOpen, rest).toBe(true);
    }
  });

  it('come first from claim templates, which only a StatefulSet has', () => {
    const text = (kind: string): string => `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: a}\nspec:\n  template: {spec: {containers: [{name: a, image: b}], volumes: [{name: d}]}}\n  volumeClaimTemplates: [{metadata: {name: d}}]\n`;
    const sources = (kind: string): readonly (string | undefined)[] => {
      const { manifest, workload } = read(text(kind));
      return volumesOf(manifest, workload).items.map(({ source }) => source);
    };
    expect(sources('StatefulSet')).toEqual(['volumeClaimTemplate', 'emptyDir']);
    expect(sources('Deployment')).toEqual(['emptyDir']);
  });
});

describe('mounts', () => {
  it('are directories and devices', () => {
    const { container } = read(pod('    volumeMounts: [{name: d, mountPath: /data//x/, readOnly: true}, {mountPath: {}}]\n    volumeDevices: [{name: e, devicePath: /dev/xvda}]\n'));
    expect(mountsOf(container).items.map(({ name, path, isDevice, isReadOnly }) => [name, path, isDevice, isReadOnly])).toEqual([
      ['d', '/data/x', false, true], [undefined, undefined, false, false], ['e', '/dev/xvda', true, false],
    ]);
  });

  it('are all known, or none is said to be', () => {
    expect([...(mountedNames(read(pod('    volumeMounts: [{name: d, mountPath: /d}]\n')).workload) ?? [])]).toEqual(['d']);
    expect(mountedNames(read(pod('    volumeMounts: [{mountPath: /d}]\n')).workload)).toBeUndefined();
    expect(mountedNames(read(pod('  initContainers: {{ .Values.init | toJson }}\n')).workload)).toBeUndefined();
  });
});

describe('paths', () => {
  it('are compared as the kernel reads them', () => {
    expect(['/a//b/', '/a/./b/../c', '/', '', 'a', '/../..'].map(cleanPath)).toEqual(['/a/b', '/a/c', '/', '/', '/a', '/']);
    expect([['/a', '/a'], ['/a/b', '/a'], ['/ab', '/a'], ['/a', '/'], ['/a', '/a/b']].map(([path = '', folder = '']) => isWithin(path, folder))).toEqual([true, true, false, true, false]);
  });
});

describe('a new volume', () => {
  it('gets a name that is free', () => {
    const { manifest, workload } = read(pod('  volumes: [{name: data}, {name: a-data}, {name: a-data-2}]\n'));
    const volumes = volumesOf(manifest, workload);
    expect(freeName(volumes, ['other', 'data'])).toBe('other');
    expect(freeName(volumes, ['data', 'a-data'])).toBe('a-data-3');
    expect(freeName({ items: [], isOpen: false }, ['x'.repeat(70)])).toHaveLength(60);
  });
});
