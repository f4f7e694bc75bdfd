import type { Field } from '../yaml/field.ts';
import type { Manifest } from './manifest.ts';
import type { ObjectMeta } from './types.ts';
import type { Workload } from './workload.ts';

/** A term of a selector that the labels of the Pods do not meet. */
export interface Unmet {
  /** The term as it is written in the selector. */
  readonly term: Field;
  readonly key: string;
  /** The value that the selector asks for; undefined where it asks for something else than one value. */
  readonly wanted: string | undefined;
  /** The label of the Pods; absent where they have none of that key. */
  readonly label: Field;
}

/**
 * The terms of a controller's selector that the labels of its own Pods do not meet. Labels that a template, an overlay or
 * an alias may add or change meet everything.
 */
export function unmetTerms(manifest: Manifest, workload: Workload): readonly Unmet[] {
  const selector = manifest.root.at('spec', 'selector');
  const { podMetadata } = workload;
  // The old kinds have the labels right there.
  if (manifest.kind === 'ReplicationController' || manifest.kind === 'DeploymentConfig') return unmetLabels(selector, podMetadata);
  return [...unmetLabels(selector.at('matchLabels'), podMetadata), ...unmetExpressions(selector.at('matchExpressions'), podMetadata)];
}

function unmetLabels(matchLabels: Field, podMetadata: Field<ObjectMeta>): readonly Unmet[] {
  return matchLabels.keys().flatMap((key) => {
    const term = matchLabels.at(key);
    const label = podMetadata.get('labels').at(key);
    const wanted = term.text;
    return wanted !== undefined && (label.absent || (label.text !== undefined && label.text !== wanted)) ? [{ term, key, wanted, label }] : [];
  });
}

/** Source: apimachinery, pkg/labels/selector.go, Requirement.Matches. */
function unmetExpressions(expressions: Field, podMetadata: Field<ObjectMeta>): readonly Unmet[] {
  return expressions.items().flatMap((term) => {
    const key = term.at('key').text;
    const operator = term.at('operator').text;
    const values = term.at('values').items().map(({ text }) => text);
    if (key === undefined || operator === undefined || values.includes(undefined)) return [];
    const label = podMetadata.get('labels').at(key);
    if (!label.absent && label.text === undefined) return [];
    const isIn = label.text !== undefined && values.includes(label.text);
    const met = { In: isIn, NotIn: !isIn, Exists: label.present, DoesNotExist: label.absent }[operator];
    return met === false ? [{ term, key, wanted: operator === 'In' && values.length === 1 ? values[0] : undefined, label }] : [];
  });
}
