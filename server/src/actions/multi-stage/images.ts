import { officialName, type ImageRef } from '../../engine/catalog/image-ref.ts';
import type { RuntimeImage } from '../../engine/catalog/runtimes.ts';
import type { Stage } from '../../engine/dockerfile/model.ts';
import type { Site } from './site.ts';

/** Registries that serve the Docker official images under other names. */
const mirrors = ['mirror.gcr.io/library/', 'public.ecr.aws/docker/library/'];

/** The name of the Docker official image behind a reference, through public mirrors too. */
export function officialImage(ref: ImageRef | undefined): string | undefined {
  if (ref === undefined) return undefined;
  const full = `${ref.registry ?? ''}/${ref.repository}`;
  const mirror = mirrors.find((each) => full === `${each}${ref.name}`);
  return mirror === undefined ? officialName(ref) : ref.name;
}

/** The stage whose FROM names the image that everything starts from. */
export function rootStage({ stage }: Site): Stage {
  let root = stage;
  while (root.base.kind === 'stage') root = root.base.stage;
  return root;
}

/**
 * The final base as FROM writes it: with the registry or the variable that the file puts before its official images, and for a
 * sibling of the builder with the builder's version as written, so that `ARG NODE_VERSION` goes on to decide both.
 */
export function baseText(site: Site, { image }: RuntimeImage): string {
  const written = rootStage(site).from.imageText;
  const name = site.base?.name ?? '';
  const at = written.lastIndexOf(name);
  const fits = at >= 0 && /^(?:[:@]|$)/.test(written.slice(at + name.length)) && (at === 0 || /[/}]/.test(written[at - 1] ?? ''));
  if (image.startsWith(`${name}:`) && fits) return siblingText(written.slice(0, at + name.length), written.slice(at + name.length), image, site.base?.tag);
  // `sdk:${VERSION}`: one variable goes on to decide both.
  const wanted = image.slice(image.lastIndexOf(':') + 1);
  if (name === 'sdk' && fits && wanted === site.base?.tag && written.slice(at).includes('$')) return `${image.slice(0, image.lastIndexOf(':'))}${written.slice(at + name.length).replace(/@.*$/s, '')}`;
  const prefix = fits && !image.includes('/') && officialImage(site.base) !== undefined ? written.slice(0, at) : '';
  // `maven:3.9-eclipse-temurin-${JAVA_VERSION}`: one variable goes on to decide both.
  const variable = /(?:temurin|jdk)-(\$\{\w+\}|\$\w+(?=-|$))/.exec(written.slice(at))?.[1];
  return prefix + (variable === undefined ? image : image.replace(/^(eclipse-temurin:)\d+/, (_, start: string) => start + (variable.startsWith('${') ? variable : `\${${variable.slice(1)}}`)));
}

function siblingText(repository: string, tagText: string, image: string, value: string | undefined): string {
  const tag = tagText.replace(/@.*$/s, '').replace(/^:/, '');
  const wanted = image.slice(image.indexOf(':') + 1);
  // The same image: its digest counts in both stages.
  if (wanted === value) return repository + tagText;
  if (tag.includes('$') && tag.includes('-jdk')) return `${repository}:${tag.replace('-jdk', '-jre')}`;
  if (!tag.includes('$') || wanted.includes('-jre')) return `${repository}:${wanted}`;
  const variable = /^\$(?:\{\w+\}|\w+)/.exec(tag)?.[0];
  // Of `${VERSION}-bookworm` the variable is what the rest of the tag leaves over.
  const version = value?.slice(0, value.length - tag.slice(variable?.length).length);
  if (variable !== undefined && version !== undefined && !tag.slice(variable.length).includes('$') && wanted.startsWith(`${version}-`)) return `${repository}:${variable}${wanted.slice(version.length)}`;
  const suffix = wanted.endsWith('-slim') && !tag.endsWith('-slim') ? '-slim' : '';
  return `${repository}:${tag}${suffix}`;
}

/** `--platform=…` for the final stage: that of the build stage, unless the build itself aims at another platform. */
export function platformFlag(site: Site): string {
  const { platform } = rootStage(site).from;
  if (platform === undefined) return '';
  const aims = site.steps.some(({ instruction }) => /\bTARGET(?:ARCH|OS|PLATFORM)\b/.test(instruction.args));
  return platform.includes('BUILDPLATFORM') && aims ? '' : `--platform=${platform} `;
}
