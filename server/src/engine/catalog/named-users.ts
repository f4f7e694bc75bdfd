import { type ImageNames, isOneOf } from './image-match.ts';
import type { ImageRef } from './image-ref.ts';

/** Images whose USER is a name, which the kubelet cannot tell from root. */
interface NamedUser {
  readonly images: ImageNames;
  readonly user: string;
  /** The number of that user in the image. */
  readonly uid: number;
  readonly source: string;
}

/** As of when all rows are. */
export const namedUsersDate = '2026-11';

const rows: readonly NamedUser[] = [
  { images: ['haproxy'], user: 'haproxy', uid: 99, source: 'docker-library/haproxy Dockerfile: USER haproxy, created with uid 99' },
  { images: ['edoburu/pgbouncer'], user: 'postgres', uid: 70, source: 'edoburu/docker-pgbouncer Dockerfile: USER postgres, 70 on Alpine' },
  { images: ['redpandadata/connect'], user: 'connect', uid: 10_001, source: 'redpanda-data/connect Dockerfile: useradd -u 10001 connect' },
  { images: ['prometheus-operator/prometheus-config-reloader', 'prometheus/statsd-exporter', 'prometheus/blackbox-exporter', 'prometheus/node-exporter', 'prometheus/mysqld-exporter', 'prometheus/memcached-exporter', 'prometheus/haproxy-exporter', 'prom/statsd-exporter', 'prom/blackbox-exporter', 'prom/node-exporter', 'prom/mysqld-exporter', 'prom/memcached-exporter'], user: 'nobody', uid: 65_534, source: 'prometheus/busybox and the Dockerfiles on it: USER nobody' },
];

/** The user that an image names, with its number; undefined where nothing is known. */
export function namedUser(image: ImageRef): { readonly user: string; readonly uid: number } | undefined {
  return rows.find(({ images }) => isOneOf(image, images));
}
