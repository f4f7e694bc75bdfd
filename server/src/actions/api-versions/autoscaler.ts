import { set } from '../../engine/yaml/edit.ts';
import type { Field } from '../../engine/yaml/field.ts';
import { strike } from '../../engine/yaml/move.ts';
import { reason } from './reasons.ts';
import { at, byHand, type Migration, type Step } from './step.ts';

const sources: ReadonlyMap<string, string> = new Map([['Resource', 'resource'], ['ContainerResource', 'containerResource']]);

/**
 * A HorizontalPodAutoscaler of autoscaling/v2beta1 as v2: targets of resource metrics move below `target`. Other metrics
 * got another shape altogether.
 * Source: pkg/apis/autoscaling/v2beta1/conversion.go.
 */
export function migrateAutoscaler(root: Field): Migration {
  const found: Step[] = [];
  for (const [index, metric] of root.at('spec', 'metrics').items().entries()) {
    const key = sources.get(metric.at('type').text ?? '');
    const source = key === undefined ? undefined : metric.at(key);
    const target = source === undefined ? undefined : targetOf(source);
    if (key === undefined || target === undefined) return byHand(reason('metrics', { path: metric.path }));
    const path = ['spec', 'metrics', index, key];
    found.push(at([...path, 'target'], (field) => set(field, target.value, { before: [target.old] })), at([...path, target.old], strike));
  }
  return { kind: 'steps', steps: found };
}

function targetOf(source: Field): { readonly old: string; readonly value: Readonly<Record<string, string | number>> } | undefined {
  const utilization = source.at('targetAverageUtilization');
  if (utilization.int !== undefined) return { old: 'targetAverageUtilization', value: { type: 'Utilization', averageUtilization: utilization.int } };
  const { text, int } = source.at('targetAverageValue');
  const averageValue = text ?? int;
  return averageValue === undefined ? undefined : { old: 'targetAverageValue', value: { type: 'AverageValue', averageValue } };
}
