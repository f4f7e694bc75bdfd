import type { WorkloadRow } from '../core/config.ts';
import { groupOf } from './kinds.ts';

/** What a container of a custom resource is for the kubelet; `unknown`: its start and stop are somebody else's. */
export type CustomRole = 'app' | 'init' | 'unknown';

/** Where containers stand below a place that is no Pod spec of its own. */
export interface ContainerList {
  /** From that place: a list of containers, or one container. */
  readonly path: readonly string[];
  readonly role: CustomRole;
}

/**
 * A kind of custom resource that holds Pod specs. `partial`: what stands there is merged into Pods that an operator
 * makes, so nothing is missing in it; `skip`: it looks like a Pod spec and is none.
 */
export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  /** Each may name several places: `[]` is every item of a list, `*` every key of a map. */
  readonly podSpecs: readonly string[];
  readonly flavour: 'service' | 'batch';
  readonly treatment: 'full' | 'partial' | 'skip';
  /** Somebody else gives containers a readiness probe where none is written. */
  readonly probesItself?: boolean;
  /** Each place is the Pod template of a JobSpec of batch/v1, which stands two keys above it. */
  readonly isJob?: boolean;
  /** The places are no Pod specs; these are the containers in them, and nothing is known about volumes and the like. */
  readonly containers?: readonly ContainerList[];
}

const template = 'spec.template.spec';

function rows(group: string, names: readonly string[], rest: Omit<CustomKind, 'group' | 'kind'>): readonly CustomKind[] {
  return names.map((kind) => ({ group, kind, ...rest }));
}

/**
 * Containers of an Argo Workflows template. Its sidecars end with the main container, so they are companions whose
 * role in start and stop is not the kubelet's. Source: argoproj/argo-workflows, pkg/apis/workflow/v1alpha1, type Template.
 */
const argoTemplate: readonly ContainerList[] = [
  { path: ['initContainers'], role: 'init' },
  { path: ['container'], role: 'app' },
  { path: ['script'], role: 'app' },
  { path: ['containerSet', 'containers'], role: 'app' },
  { path: ['sidecars'], role: 'unknown' },
];

/**
 * Containers of a Tekton task: steps run one after the other in one Pod. Source: tektoncd/pipeline, docs/tasks.md;
 * sidecars are the kubelet's only with the feature flag enable-kubernetes-sidecar.
 */
const tektonTask: readonly ContainerList[] = [
  { path: ['steps'], role: 'app' },
  { path: ['sidecars'], role: 'unknown' },
];

/**
 * Custom resources that hold containers. Source: the 3,977 schemas of datreeio/CRDs-catalog (73 hold a container list),
 * and the documentation of each project where a row says more than a place. Kinds that are not here are passed over.
 */
export const customKinds: readonly CustomKind[] = [
  // Argo Rollouts: a Rollout is a Deployment with another strategy; with `workloadRef` it has no template.
  ...rows('argoproj.io', ['Rollout'], { podSpecs: [template], flavour: 'service', treatment: 'full' }),
  ...rows('argoproj.io', ['Experiment'], { podSpecs: ['spec.templates[].template.spec'], flavour: 'service', treatment: 'full' }),
  ...rows('argoproj.io', ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'AnalysisRun'], {
    podSpecs: ['spec.metrics[].provider.job.spec.template.spec'], flavour: 'batch', treatment: 'full', isJob: true,
  }),
  ...rows('argoproj.io', ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'], {
    podSpecs: ['spec.templates[]'], flavour: 'batch', treatment: 'full', containers: argoTemplate,
  }),
  ...rows('argoproj.io', ['CronWorkflow'], {
    podSpecs: ['spec.workflowSpec.templates[]'], flavour: 'batch', treatment: 'full', containers: argoTemplate,
  }),
  // Knative gives the user's container a default readiness probe (knative/docs, services/configure-probing.md).
  ...rows('serving.knative.dev', ['Service', 'Configuration'], { podSpecs: [template], flavour: 'service', treatment: 'full', probesItself: true }),
  ...rows('serving.knative.dev', ['Revision'], { podSpecs: ['spec'], flavour: 'service', treatment: 'full', probesItself: true }),
  ...rows('keda.sh', ['ScaledJob'], { podSpecs: ['spec.jobTargetRef.template.spec'], flavour: 'batch', treatment: 'full', isJob: true }),
  // A runner takes one job of GitHub Actions and ends.
  ...rows('actions.github.com', ['AutoscalingRunnerSet'], { podSpecs: [template], flavour: 'batch', treatment: 'full' }),
  ...rows('flink.apache.org', ['FlinkDeployment'], {
    podSpecs: ['spec.podTemplate.spec', 'spec.jobManager.podTemplate.spec', 'spec.taskManager.podTemplate.spec'], flavour: 'service', treatment: 'partial',
  }),
  // The operator merges `spec.containers` into its own containers, strategically.
  ...rows('monitoring.coreos.com', ['Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler'], {
    podSpecs: ['spec'], flavour: 'service', treatment: 'partial',
  }),
  ...rows('postgresql.cnpg.io', ['Pooler'], { podSpecs: [template], flavour: 'service', treatment: 'partial' }),
  ...rows('kubeflow.org', ['TFJob'], { podSpecs: ['spec.tfReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('kubeflow.org', ['PyTorchJob'], { podSpecs: ['spec.pytorchReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('kubeflow.org', ['MPIJob'], { podSpecs: ['spec.mpiReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('kubeflow.org', ['XGBoostJob'], { podSpecs: ['spec.xgbReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('kubeflow.org', ['PaddleJob'], { podSpecs: ['spec.paddleReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('kubeflow.org', ['JAXJob'], { podSpecs: ['spec.jaxReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('kubeflow.org', ['MXJob'], { podSpecs: ['spec.mxReplicaSpecs.*.template.spec'], flavour: 'batch', treatment: 'full' }),
  ...rows('tekton.dev', ['Task', 'ClusterTask'], { podSpecs: ['spec'], flavour: 'batch', treatment: 'full', containers: tektonTask }),
  // Not a Pod spec, though it stands where one would (kubevirt.io, VirtualMachineInstanceSpec).
  ...rows('kubevirt.io', ['VirtualMachine', 'VirtualMachineInstanceReplicaSet'], { podSpecs: [], flavour: 'service', treatment: 'skip' }),
];

const known = new Map(customKinds.map((row) => [`${row.group}/${row.kind}`, row]));

/** The row of a custom resource: the user's own first. Undefined for kinds nobody described, and without an apiVersion to tell. */
export function customKind(kind: string, apiVersion: string | undefined, own: readonly WorkloadRow[] = []): CustomKind | undefined {
  if (apiVersion === undefined) return undefined;
  const group = groupOf(apiVersion);
  const mine = own.filter((row) => row.group === group && row.kind === kind);
  const [first] = mine;
  if (first === undefined) return known.get(`${group}/${kind}`);
  const treatment = first.flavour === 'partial' || first.flavour === 'skip' ? first.flavour : 'full';
  const podSpecs = treatment === 'skip' ? [] : mine.map(({ path }) => path);
  return { group, kind, podSpecs, flavour: first.flavour === 'batch' ? 'batch' : 'service', treatment };
}
