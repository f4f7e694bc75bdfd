import type { Field } from '../yaml/field.ts';
import type { Container, Workload } from './workload.ts';

/** The volume that a path of a container stands in. */
export interface VolumeAt {
  readonly name: string;
  /** Its entry in `volumes`; undefined for one that a claim template makes. */
  readonly volume: Field | undefined;
  /** Other containers of the Pod that mount it. */
  readonly readers: readonly Container[];
}

/** Undefined where no volume is mounted there; `unknown` where the file does not show all mounts. */
export function volumeAt({ podSpec, containers }: Workload, container: Container, path: string): VolumeAt | 'unknown' | undefined {
  const mounts = container.field.get('volumeMounts');
  if (mounts.state === 'unknown' || (mounts.present && mounts.plain() === undefined)) return 'unknown';
  const folders = mounts.items().flatMap((mount) => {
    const folder = mount.get('mountPath').text?.replace(/\/$/, '') ?? '';
    const name = mount.get('name').text;
    return name !== undefined && (path === folder || path.startsWith(`${folder}/`)) ? [{ folder, name }] : [];
  });
  const [deepest] = folders.toSorted((a, b) => b.folder.length - a.folder.length);
  if (deepest === undefined) return undefined;
  const { name } = deepest;
  const readers = containers.filter((other) => other !== container && other.field.get('volumeMounts').items().some((mount) => mount.get('name').text === name));
  return { name, volume: podSpec.get('volumes').items().find((volume) => volume.get('name').text === name), readers };
}
