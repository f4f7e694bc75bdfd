import type { Scenario } from '../catalog/helper-images.ts';
import type { PatternRole } from './roles.ts';

/** Scenarios whose helper no request passes through: without it the app goes on to serve. */
const off: ReadonlySet<Scenario> = new Set<Scenario>(['sidecar/log-shipping', 'sidecar/metrics', 'sidecar/config-reload', 'adapter/metrics-format', 'adapter/log-format', 'config-helper/file-reload']);

/** Does the helper stand beside the path of requests, as far as its part is known? */
export function isOffPath({ scenario }: PatternRole): boolean {
  return scenario !== undefined && off.has(scenario);
}
