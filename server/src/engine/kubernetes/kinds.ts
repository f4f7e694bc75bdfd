/**
 * How the Pods of a kind live. `service`: they run on; `batch`: they run to completion; `pod`: a Pod without a
 * controller, which is one or the other by its restartPolicy.
 */
export type Flavour = 'service' | 'batch' | 'pod';

export interface WorkloadKind {
  readonly kind: string;
  /** API groups that have served this kind, '' for the core group. */
  readonly groups: readonly string[];
  /** Where the Pod spec stands. */
  readonly podSpec: readonly string[];
  readonly flavour: Flavour;
  /** The API refuses an object of this kind without `spec.selector`, in these versions. */
  readonly selectorRequired?: readonly string[];
}

const template = ['spec', 'template', 'spec'] as const;
const appsGroups = ['apps', 'extensions'] as const;

/**
 * The built-in kinds that hold a Pod spec, and OpenShift's DeploymentConfig.
 * Source: kubernetes/api, types.go of core/v1, apps/v1 (and its v1beta1, v1beta2), extensions/v1beta1, batch/v1 and
 * batch/v1beta1; `spec.selector` is required since apps/v1beta2 (pkg/apis/apps/validation).
 */
const kinds: readonly WorkloadKind[] = [
  { kind: 'Pod', groups: [''], podSpec: ['spec'], flavour: 'pod' },
  { kind: 'PodTemplate', groups: [''], podSpec: ['template', 'spec'], flavour: 'pod' },
  { kind: 'ReplicationController', groups: [''], podSpec: template, flavour: 'service' },
  {
    kind: 'Deployment',
    groups: appsGroups,
    podSpec: template,
    flavour: 'service',
    selectorRequired: ['apps/v1', 'apps/v1beta2'],
  },
  {
    kind: 'ReplicaSet',
    groups: appsGroups,
    podSpec: template,
    flavour: 'service',
    selectorRequired: ['apps/v1', 'apps/v1beta2'],
  },
  {
    kind: 'DaemonSet',
    groups: appsGroups,
    podSpec: template,
    flavour: 'service',
    selectorRequired: ['apps/v1', 'apps/v1beta2'],
  },
  {
    kind: 'StatefulSet',
    groups: ['apps'],
    podSpec: template,
    flavour: 'service',
    selectorRequired: ['apps/v1', 'apps/v1beta2'],
  },
  { kind: 'Job', groups: ['batch'], podSpec: template, flavour: 'batch' },
  { kind: 'CronJob', groups: ['batch'], podSpec: ['spec', 'jobTemplate', ...template], flavour: 'batch' },
  { kind: 'DeploymentConfig', groups: ['apps.openshift.io', ''], podSpec: template, flavour: 'service' },
];

const byName = new Map(kinds.map((row) => [row.kind, row]));

/** The API group of an apiVersion: `apps` of `apps/v1`, '' of `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/**
 * The row of a kind, or undefined where the kind holds no Pod spec or its group is another one's (a kind of the same
 * name in a custom resource's group is not ours). An apiVersion that cannot be read (a template) is taken on trust,
 * because one in three chart templates computes it.
 */
export function workloadKind(kind: string, apiVersion: string | undefined): WorkloadKind | undefined {
  const row = byName.get(kind);
  if (row === undefined || (apiVersion !== undefined && !row.groups.includes(groupOf(apiVersion)))) return undefined;
  return row;
}
