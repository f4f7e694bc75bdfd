/** A Kubernetes minor version, as in `1.35`: the minor alone, because the major has been 1 since 2015. */
export type KubernetesVersion = number;

/** The version manifests are checked for where nothing else is said. */
export const defaultVersion: KubernetesVersion = 35;

/**
 * The first minor version in which a field works without a feature gate (beta and on by default, or stable).
 * Source: kep.yaml of the KEP beside each row and the feature gate pages of kubernetes.io.
 */
const gates = {
  /** KEP-950: beta in 1.18. */
  startupProbe: 18,
  /** KEP-2727: beta in 1.24. */
  grpcProbe: 24,
  /** KEP-753, init containers with `restartPolicy: Always`: beta in 1.29. */
  nativeSidecar: 29,
  /** KEP-5307, `restartPolicy` and `restartPolicyRules` on every container: beta in 1.35. */
  containerRestartRules: 35,
  /** `TZ=` in the schedule of a CronJob is refused from here on: kubernetes.io, concepts/workloads/controllers/cron-jobs. */
  scheduleWithoutZone: 29,
  /** KEP-3960, `sleep` in lifecycle hooks: beta in 1.30. */
  sleepAction: 30,
  /** KEP-2837, `spec.resources` of the Pod: beta in 1.34. */
  podResources: 34,
} as const;

/** Does a cluster of this version understand the field? */
export function supports(version: KubernetesVersion, field: keyof typeof gates): boolean {
  return version >= gates[field];
}
