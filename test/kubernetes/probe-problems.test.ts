/** What older clusters make of probes: the limits that do not change are cases of kubernetes/invalid-probe. */
import { describe, expect, it } from 'vitest';
import { manifestsOf } from '../../server/src/engine/kubernetes/manifest.ts';
import { problemsOf } from '../../server/src/engine/kubernetes/probe-problems.ts';
import { probesOf } from '../../server/src/engine/kubernetes/probes.ts';
import type { ObjectRoot } from '../../server/src/engine/kubernetes/types.ts';
import { parseDocument } from '../../server/src/engine/yaml/document.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: app
    image: web:1
    livenessProbe: {grpc: {port: 9000}}
    startupProbe: {tcpSocket: {port: 9000}}
`;

/** What is wrong for a cluster of this minor version, and where. */
function problems(version: number): readonly string[] {
  const [manifest] = manifestsOf(parseDocument(pod).root.as<ObjectRoot>());
  const workload = manifest?.workload;
  if (workload === undefined) throw new Error('no workload');
  return workload.containers.flatMap((container) =>
    probesOf(container).flatMap((written) => problemsOf(written, { container, workload, version }).map(({ kind, field }) => `${kind} ${String(field.key)}`)),
  );
}

describe('probes that an old cluster does not know', () => {
  it('says so up to the version that does', () => {
    expect(problems(17)).toEqual(['too-old grpc', 'too-old startupProbe']);
    expect(problems(23)).toEqual(['too-old grpc']);
    expect(problems(24)).toEqual([]);
  });
});
