import type { Text } from '../engine/core/message.ts';

/** The patterns of Pods with more than one container, in the order in which they are shown. */
export const patternIds = ['sidecar', 'ambassador', 'adapter', 'config-helper'] as const;

export type PatternId = (typeof patternIds)[number];

/**
 * What a helper is there for, beside its `workload.yaml`, from which snippet, completion and wiring are cut.
 * Everything that stands in the YAML (ports, volumes, configuration) is read from there and not said again.
 */
export interface Scenario {
  readonly pattern: PatternId;
  /** The name of its folder. Unique within the pattern. */
  readonly id: string;
  /** What a person types to get the whole workload; `<prefix>-container` gives the container alone. */
  readonly prefix: string;
  readonly title: Text;
  /** One sentence: what the helper does for the app. The first line of the quick pick and of the page. */
  readonly summary: Text;
  /** One or two sentences: when another solution is better. */
  readonly notWhen: Text;
  /** The helper's image, as it stands in `workload.yaml`. */
  readonly image: string;
  /** Where its tag was seen. */
  readonly source: string;
  /** When: `YYYY-MM`. */
  readonly date: string;
  /** A native sidecar (an init container with `restartPolicy: Always`) where the cluster has them. */
  readonly native: boolean;
  /** Ports that the helper opens beside its `containerPort`s: on loopback, or in its configuration only. */
  readonly alsoListens?: readonly number[];
  /** What of the app's own settings should point at the helper from now on. */
  readonly takesOver?: TakesOver;
  /** A service mesh does the same, and its own injection should be asked for instead. */
  readonly meshDoes?: boolean;
}

/** The backend that a helper stands in for, and how an app names it. */
export interface TakesOver {
  /** Names of environment variables that hold a URL, a host or a port of it: regular expressions for the whole name, ignoring case. */
  readonly env: readonly string[];
  /** Schemes of its URLs, without `:`. */
  readonly schemes: readonly string[];
  /** The ports it usually listens on. */
  readonly ports: readonly number[];
  /** Where the helper listens for the app, on `localhost`. */
  readonly at: number;
  /** The scheme towards the helper, where it differs: it may end TLS. */
  readonly scheme?: string;
  /** The tab stops of `workload.yaml` that hold the host and the port of the backend. */
  readonly stops?: BackendStops;
}

export interface BackendStops {
  readonly host: number;
  readonly port?: number;
  /** The helper asks DNS for the host as it stands, without the search domains of the Pod. */
  readonly isQualified?: boolean;
}

/** A scenario with its `workload.yaml`: the body of a snippet, tab stops and all. */
export interface Source {
  readonly scenario: Scenario;
  readonly text: string;
}
