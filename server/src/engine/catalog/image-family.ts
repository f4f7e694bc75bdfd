import { baseImages, type BaseImage, type Family } from './base-images.ts';
import { officialName, type ImageRef } from './image-ref.ts';
import type { ShellKind } from './shell-kind.ts';

export interface ImageDistribution {
  readonly family: Family;
  /** Code name (`trixie`, `noble`), or for Alpine the version (`3.22`); undefined where neither tag nor catalog tells. */
  readonly release: string | undefined;
}

/** Registries that hold the Docker official images under a folder of their own. */
const mirrors: readonly (readonly [string, string])[] = [
  ['public.ecr.aws', 'docker/library/'],
  ['mirror.gcr.io', 'library/'],
];

/** The row of the catalog that speaks of an image. */
export function imageInfo(ref: ImageRef): BaseImage | undefined {
  const mirrored = mirrors.find(([host, folder]) => ref.registry === host && ref.repository === `${folder}${ref.name}`) !== undefined;
  const name = mirrored ? ref.name : officialName(ref);
  const registry = ref.registry === undefined || ref.registry === 'index.docker.io' ? 'docker.io' : ref.registry;
  const full = `${registry}/${ref.repository}`;
  const tag = ref.tag ?? '';
  const speaksOf = ({ tags }: BaseImage): boolean => tags === undefined || tags.test(tag);
  const exact = (name === undefined ? undefined : byName.get(name)) ?? byName.get(full) ?? [];
  return exact.find(speaksOf) ?? byPattern.find((row) => (row.image.test(name ?? full) || row.image.test(full)) && speaksOf(row));
}

type PatternRow = BaseImage & { readonly image: RegExp };

const byPattern = baseImages.filter((row): row is PatternRow => row.image instanceof RegExp);

const byName: ReadonlyMap<string, readonly BaseImage[]> = new Map(
  baseImages.flatMap(({ image }) => (typeof image === 'string' ? [[image, baseImages.filter((row) => row.image === image)]] : [])),
);

/** What `/bin/sh` is in each family; undefined where there is none. */
export const shellOfFamily: Readonly<Record<Family, ShellKind | undefined>> = {
  debian: 'dash',
  ubuntu: 'dash',
  alpine: 'ash',
  wolfi: 'ash',
  busybox: 'ash',
  rhel: 'bash',
  distroless: undefined,
  scratch: undefined,
  windows: undefined,
};

const debianRelease = /(?<=[-_])(?:trixie|bookworm|bullseye|buster|stretch|jessie|forky|sid)(?=$|[-_.\d])/;
const ubuntuRelease = /(?<=[-_])(?:resolute|questing|plucky|noble|jammy|focal|bionic|xenial|trusty)(?=$|[-_.\d])/;

/** The distribution in an image, as far as its name tells. The tag's own words win over the image's default: `golang:1.27-alpine3.23` is Alpine. */
export function distributionOfImage(ref: ImageRef): ImageDistribution | undefined {
  const make = (family: Family, release?: string): ImageDistribution => ({ family, release });
  const { tag = '', repository } = ref;
  const known = imageInfo(ref);
  const words = `-${repository.slice(repository.lastIndexOf('/') + 1)}-${tag}`;
  if (known?.family === 'distroless') return make('distroless', distrolessRelease(words));
  const alpine = /(?<=[-_])alpine(?:-?(\d+\.\d+))?/.exec(words);
  if (alpine !== null && known?.family !== 'alpine') return make('alpine', alpine[1]);
  if (known?.family === 'alpine') return make('alpine', /^(?:.*alpine)?(\d+\.\d+)/.exec(tag)?.[1]);
  const debian = debianRelease.exec(words);
  if (debian !== null) return make('debian', debian[0]);
  const ubuntu = ubuntuRelease.exec(words);
  if (ubuntu !== null) return make('ubuntu', ubuntu[0]);
  if (/(?<=[-_])(?:ubi|ol|oraclelinux|rhel|centos|al)\d+/.test(words)) return make('rhel');
  if (known?.family === undefined) return undefined;
  const plain = tag.replace(/(?:^|-)slim(?=$|-)/, '');
  return make(known.family, known.releases?.find(([pattern]) => pattern.test(plain))?.[1]);
}

/** Distroless images carry the release as a number, chiselled ones as a name. */
function distrolessRelease(words: string): string | undefined {
  if (words.includes('debian13')) return 'trixie';
  return words.includes('debian12') ? 'bookworm' : ubuntuRelease.exec(words)?.[0];
}
