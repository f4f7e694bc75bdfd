import { runsAsBuilt, idles } from '../kubernetes/command-line.ts';
import { isOwned, type Manifest } from '../kubernetes/manifest.ts';
import { probeKeys } from '../kubernetes/probes.ts';
import { mayServe } from '../kubernetes/readiness.ts';
import { bareImage } from './image-name.ts';
import { identityOf, type ObjectIdentity } from './kustomize-match.ts';

/** A container that serves as its image was built, and that nobody asks whether it is well: it has no probe. */
export interface ContainerFact {
  /** Without tag and digest. */
  readonly image: string;
  /** As messages call it. */
  readonly name: string;
  /** The object's kind and name. */
  readonly place: string;
  /** Where the container stands in the object. */
  readonly path: string;
  readonly object: ObjectIdentity;
}

/** The containers of a manifest that are such ones. */
export function containerFacts(manifests: readonly Manifest[]): readonly ContainerFact[] {
  return manifests.filter((manifest) => !manifest.partial && !isOwned(manifest)).flatMap((manifest) =>
    manifest.workloads.filter((workload) => !workload.probesItself && mayServe(manifest, workload)).flatMap(({ containers }) =>
      containers.flatMap((container): readonly ContainerFact[] => {
        const { field, role, title } = container;
        const image = field.get('image').text;
        if (image === undefined || role !== 'app' || !runsAsBuilt(container) || idles(container) || probeKeys.some((key) => !field.get(key).absent)) return [];
        return [{ image: bareImage(image), name: title, place: manifest.place, path: field.path, object: identityOf(manifest) }];
      }),
    ),
  );
}

/** Far more than a person writes into one file. */
const mostImages = 1_000;

const imageLine = /(?:^|[\s{,-])["']?image["']?[ \t]*:[ \t]*["']?([\w.\-/:@]+)/g;

/** The images that a text names, without tags: found by a scan, because most files are never asked for more. */
export function imagesNamed(text: string): readonly string[] {
  if (!text.includes('image')) return none;
  const names = new Set<string>();
  for (const [, image = ''] of text.matchAll(imageLine)) {
    names.add(bareImage(image));
    if (names.size >= mostImages) break;
  }
  return names.size === 0 ? none : [...names];
}

const none: readonly string[] = [];
