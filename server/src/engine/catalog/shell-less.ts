import { type ImageNames, isOneOf } from './image-match.ts';
import type { ImageRef } from './image-ref.ts';

/** Images of which nothing can be run but their own program. */
interface ShellLess {
  readonly images: ImageNames;
  /** Tags with a shell; all others have none. */
  readonly except?: RegExp;
  readonly source: string;
}

/** As of when all rows are. */
export const shellLessDate = '2026-11';

const rows: readonly ShellLess[] = [
  { images: ['cloud-sql-connectors/cloud-sql-proxy', 'alloydb-connectors/alloydb-auth-proxy'], except: /alpine|bullseye|bookworm|buster/, source: 'GoogleCloudPlatform/cloud-sql-proxy Dockerfile: gcr.io/distroless/static; -alpine and Debian variants beside' },
  { images: ['fluent/fluent-bit'], except: /debug|^(?:0\.|1\.[0-8](?:\D|$))/, source: 'fluent/fluent-bit dockerfiles/Dockerfile: gcr.io/distroless/cc; debug variants beside' },
  { images: ['nginx/nginx-prometheus-exporter'], source: 'nginx/nginx-prometheus-exporter build/Dockerfile: FROM scratch' },
  { images: ['oauth2-proxy/oauth2-proxy'], except: /alpine|^v?(?:[0-6]\.|7\.[0-5]\.)/, source: 'oauth2-proxy/oauth2-proxy Dockerfile: gcr.io/distroless/static; -alpine beside' },
  { images: ['brancz/kube-rbac-proxy', 'kube-state-metrics/kube-state-metrics', 'registry.k8s.io/pause', 'registry.k8s.io/coredns/coredns', 'coredns/coredns', 'metrics-server/metrics-server'], source: 'their Dockerfiles: gcr.io/distroless/static or scratch' },
];

/** Is the image known to hold no shell and no tools, so that exec probes and hooks find nothing to run? */
export function isShellLess(image: ImageRef): boolean {
  const tag = image.tag ?? '';
  const text = image.text;
  if (/(?:^|\/)distroless(?:\/|$)/.test(image.repository) || text.startsWith("gcr.io/distroless/")) return !tag.includes('debug');
  if (/(?:^|-)distroless(?:-|$)/.test(tag)) return !tag.includes('debug');
  return rows.some(({ images, except }) => isOneOf(image, images) && except?.test(tag) !== true);
}
