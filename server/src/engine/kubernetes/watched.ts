import { cleanPath } from '../text/posix-path.ts';
import type { Field } from '../yaml/field.ts';
import type { Container } from './workload.ts';

/**
 * The directories that a config reloader watches, by its flags. Sources: prometheus-operator, cmd/prometheus-config-reloader
 * (`--watched-dir`); jimmidyson/configmap-reload (`--volume-dir`).
 */
export function watchedBy({ field }: Container): readonly { readonly field: Field; readonly path: string }[] {
  return (['command', 'args'] as const).flatMap((list) => field.get(list).items().flatMap((item, index, all) => {
    const before = all[index - 1]?.text ?? '';
    const path = /^--?(?:watched-dir|volume-dir)=(.+)$/.exec(item.text ?? '')?.[1] ?? (/^--?(?:watched-dir|volume-dir)$/.test(before) ? item.text : undefined);
    return path?.startsWith('/') === true && !path.includes('$') ? [{ field: item, path: cleanPath(path) }] : [];
  }));
}
