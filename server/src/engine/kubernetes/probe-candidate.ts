import type { YamlMap } from '../yaml/render.ts';
import type { ProbeKey } from './probes.ts';

/** A probe that could work for a container, with where the idea comes from. */
export interface ProbeCandidate {
  /** `http`, `tcp`, `grpc`, `exec`: the handler. */
  readonly handler: 'http' | 'tcp' | 'grpc' | 'exec';
  /** What is probed, for people: a port's name or number, or a command. */
  readonly target: string;
  /** The path of an HTTP probe; `/` is a guess where nothing tells where it is from. */
  readonly path?: string;
  /** The existing probe whose handler this is. */
  readonly copiedFrom?: ProbeKey;
  /** What else it comes from: what is known of the image, or the HEALTHCHECK of its Dockerfile. */
  readonly origin?: 'image' | 'healthcheck';
  /** The probe as it goes into the file. */
  readonly probe: YamlMap;
}
