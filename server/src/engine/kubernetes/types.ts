/** The fields of the Kubernetes API that rules look at; a misspelt key in a rule does not compile. Not a full schema. */

export type IntOrString = number | string;

export interface HttpGetAction {
  readonly path?: string;
  readonly port?: IntOrString;
  readonly host?: string;
  readonly scheme?: string;
  readonly httpHeaders?: readonly { readonly name?: string; readonly value?: string }[];
}

export interface ProbeSpec {
  readonly httpGet?: HttpGetAction;
  readonly tcpSocket?: { readonly port?: IntOrString; readonly host?: string };
  readonly grpc?: { readonly port?: number; readonly service?: string };
  readonly exec?: { readonly command?: readonly string[] };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort?: number;
  readonly hostPort?: number;
  readonly hostIP?: string;
  readonly protocol?: string;
}

export interface EnvVar {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: { readonly resourceFieldRef?: { readonly containerName?: string; readonly resource?: string } };
}

export interface VolumeMount {
  readonly name?: string;
  readonly mountPath?: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
}

/** Quantities (`128Mi`, `0.5`) by resource. */
export interface ResourcesSpec {
  readonly limits?: ResourceAmounts;
  readonly requests?: ResourceAmounts;
}

export interface ResourceAmounts {
  readonly cpu?: string | number;
  readonly memory?: string | number;
}

export interface VolumeSpec {
  readonly name?: string;
  readonly emptyDir?: object;
  readonly persistentVolumeClaim?: { readonly claimName?: string; readonly readOnly?: boolean };
  readonly hostPath?: object;
  readonly image?: { readonly reference?: string; readonly pullPolicy?: string };
}

export interface ContainerSpec {
  readonly name?: string;
  readonly image?: string;
  readonly imagePullPolicy?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly ports?: readonly ContainerPort[];
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly object[];
  readonly readinessProbe?: ProbeSpec;
  readonly livenessProbe?: ProbeSpec;
  readonly startupProbe?: ProbeSpec;
  readonly lifecycle?: { readonly postStart?: object; readonly preStop?: object };
  readonly resources?: ResourcesSpec;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly volumeDevices?: readonly { readonly name?: string; readonly devicePath?: string }[];
  readonly restartPolicy?: string;
}

export interface PodSpec {
  readonly containers?: readonly ContainerSpec[];
  readonly initContainers?: readonly ContainerSpec[];
  readonly ephemeralContainers?: readonly ContainerSpec[];
  readonly volumes?: readonly VolumeSpec[];
  readonly resources?: ResourcesSpec;
  readonly priorityClassName?: string;
  readonly hostNetwork?: boolean;
  readonly restartPolicy?: string;
  readonly shareProcessNamespace?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly activeDeadlineSeconds?: number;
  readonly hostPID?: boolean;
  readonly nodeName?: string;
}

export interface PodFailurePolicyRule {
  readonly action?: string;
  readonly onExitCodes?: object;
}

export interface JobSpec {
  readonly activeDeadlineSeconds?: number;
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly completions?: number;
  readonly parallelism?: number;
  readonly suspend?: boolean;
  readonly managedBy?: string;
  readonly podFailurePolicy?: { readonly rules?: readonly PodFailurePolicyRule[] };
}

export interface CronJobSpec {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly concurrencyPolicy?: string;
  readonly startingDeadlineSeconds?: number;
  readonly suspend?: boolean;
}

export interface ObjectMeta {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly controller?: boolean }[];
}

export interface ServicePort {
  readonly name?: string;
  readonly port?: number;
  readonly targetPort?: IntOrString;
  readonly protocol?: string;
}

export interface ServiceSpec {
  readonly type?: string;
  readonly publishNotReadyAddresses?: boolean;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePort[];
}

/** An object of any kind, as far as all kinds agree. */
export interface ObjectRoot {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
  readonly spec?: object;
  readonly items?: readonly ObjectRoot[];
}
