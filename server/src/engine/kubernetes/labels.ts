import type { Field } from '../yaml/field.ts';
import type { ObjectMeta } from './types.ts';
import { labelsOf } from './workload.ts';

/** Source: apimachinery, pkg/util/validation, IsValidLabelValue: 63 characters, letters and digits at both ends. */
const longestValue = 63;

/** The label `app` with a name as its value, as `kubectl create deployment` makes it (kubectl, pkg/cmd/create/create_deployment.go). */
export function appLabel(name: string): Readonly<Record<string, string>> {
  return { app: name.slice(0, longestValue).replace(/[^A-Za-z0-9]+$/, '') };
}

/**
 * The labels in this metadata as data; undefined where a template, an overlay or a value that is no string leaves open
 * what they are.
 */
export function knownLabels(metadata: Field<ObjectMeta>): Readonly<Record<string, string>> | undefined {
  const labels = metadata.get('labels');
  if (metadata.state === 'unknown' || (labels.present && !labels.isNull && labels.plain() === undefined)) return undefined;
  const read = labelsOf(metadata);
  return read === undefined ? undefined : Object.fromEntries(read);
}
