import type { Manifest } from './manifest.ts';
import type { ConfigTexts } from './roles.ts';

/** What the ConfigMaps among these objects hold, by name: all their files, one after the other. */
export function configTextsOf(manifests: readonly Manifest[]): ConfigTexts {
  const found = new Map<string, string>();
  for (const { kind, name, root } of manifests) {
    if (kind !== 'ConfigMap' || name === undefined) continue;
    const data = root.at('data');
    found.set(name, data.keys().map((key) => data.at(key).text ?? '').join('\n'));
  }
  return found;
}
