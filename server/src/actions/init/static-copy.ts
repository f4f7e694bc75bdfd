import type { Architecture, Init } from '../../engine/catalog/inits.ts';
import type { Message } from '../../engine/core/message.ts';
import { copyOf } from '../../engine/dockerfile/copy.ts';
import { insertAfter, insertBefore } from '../../engine/dockerfile/edit.ts';
import type { Dockerfile, Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { runOf } from '../../engine/dockerfile/run.ts';
import { lineage } from '../../engine/dockerfile/view.ts';
import type { TextEdit } from '../../engine/text/span.ts';
import { headOf, inStyle, installCommands } from './lines.ts';
import { reason } from './reasons.ts';

/** A copy of an init from stages of its own; it belongs to root whatever the user, so USER does not matter. */
export type StaticCopy =
  | {
      readonly kind: 'copied';
      readonly edits: readonly TextEdit[];
      /** Where the copy lies: in the root, which every image has, scratch included. */
      readonly path: string;
    }
  | { readonly kind: 'refused'; readonly reason: Message };

/**
 * Copies the init as one file that needs no library, for images that no package manager serves: tini from a package of
 * Debian, dumb-init from its release.
 */
export function staticCopy(stage: Stage, init: Init): StaticCopy {
  const { file } = stage;
  const numbered = file.instructions.some((instruction) => references(instruction).some((text) => /^\d+$/.test(text) && Number(text) >= stage.index));
  if (numbered) return { kind: 'refused', reason: reason('numbered', { init: init.name }) };
  return init.name === 'tini' ? tini(stage) : downloaded(stage, init);
}

/**
 * Debian's `tini-static`. Source: `dpkg -c` of tini 0.19.0 of Debian 12 and 13; dumb-init is linked dynamically there.
 */
function tini(stage: Stage): StaticCopy {
  const name = freeName(stage.file, 'tini');
  const written = platformOf(stage);
  const platform = written === undefined ? '' : `--platform=${written} `;
  const lines = [`FROM ${platform}debian:trixie-slim AS ${name}`, `RUN ${installCommands.apt('tini')}`];
  return copied(stage, lines, `COPY --from=${name} /usr/bin/tini-static /tini`, '/tini');
}

/** The release, pinned by its checksum: a stage for each architecture, of which BuildKit builds the one it needs. */
function downloaded(stage: Stage, { name: program, release }: Init): StaticCopy {
  const { file } = stage;
  const syntax = file.directives.find(({ name }) => name === 'syntax')?.value;
  if (syntax !== undefined && !knowsChecksums(syntax)) return { kind: 'refused', reason: reason('syntax', { init: program, syntax }) };
  const platform = platformOf(stage);
  const wanted = architecturesOf(platform);
  if (release === undefined || wanted.length === 0) return { kind: 'refused', reason: reason('platform', { init: program, platform: platform ?? '' }) };
  const path = `/${program}`;
  const name = freeName(file, program);
  const add = (architecture: Architecture): string => {
    const { url, sha256 } = release[architecture];
    return `ADD --checksum=sha256:${sha256} --chmod=755 ${url} ${path}`;
  };
  const [only, ...others] = wanted;
  const lines = only !== undefined && others.length === 0
    ? [`FROM scratch AS ${name}`, add(only)]
    : [...wanted.flatMap((each) => [`FROM scratch AS ${name}-${each}`, add(each), '']), `FROM ${name}-\${TARGETARCH} AS ${name}`];
  const made = copied(stage, lines, `COPY --from=${name} ${path} ${path}`, path);
  return syntax === undefined && made.kind === 'copied' ? { ...made, edits: withSyntax(file, made.edits) } : made;
}

function copied(stage: Stage, lines: readonly string[], copy: string, path: string): StaticCopy {
  const { instruction } = stage.from;
  // The head of a file belongs to the file, not to its first instruction.
  const belowComments = stage.file.instructions[0] === instruction;
  const edits = [
    insertBefore(instruction, [...lines.map((line) => inStyle(stage, line)), ''], { belowComments }),
    insertAfter(headOf(stage), [inStyle(stage, copy)]),
  ];
  return { kind: 'copied', edits, path };
}

/** A name for a stage that begins no other stage's name. */
function freeName({ stages }: Dockerfile, program: string): string {
  const isFree = (name: string): boolean => !stages.some((stage) => stage.name === undefined ? false : `${stage.name.toLowerCase()}-`.startsWith(`${name}-`));
  const names = ['init', program, `${program}-init`];
  return names.find(isFree) ?? `${program}-${String(stages.length)}`;
}

/** The platform that the first image of the stage is pinned to, as written. */
function platformOf(stage: Stage): string | undefined {
  return lineage(stage).at(-1)?.from.platform;
}

/** Those of the platform a stage is pinned to; all where the build decides; none for others. */
function architecturesOf(platform: string | undefined): readonly Architecture[] {
  if (platform === undefined || /^\$\{?TARGETPLATFORM\}?$/.test(platform)) return ['amd64', 'arm64'];
  if (/^linux\/(?:amd64|x86_64)$/.test(platform)) return ['amd64'];
  return /^linux\/(?:arm64(?:\/v8)?|aarch64)$/.test(platform) ? ['arm64'] : [];
}

/**
 * Does this front end know `ADD --checksum`? Since docker/dockerfile 1.6; `1` and `latest` are newer, but behind a
 * digest they may be any. Source: Dockerfile reference, "ADD --checksum".
 */
function knowsChecksums(syntax: string): boolean {
  const match = /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?(?::([\w.-]+))?(@\S+)?$/.exec(syntax);
  if (match === null) return false;
  const [, tag = 'latest', digest] = match;
  const minor = /^1\.(\d+)(?:\.\d+)?(?:-labs)?$/.exec(tag)?.[1];
  if (minor !== undefined) return Number(minor) >= 6;
  return digest === undefined && /^(?:1|latest|labs|1-labs|master|master-labs)$/.test(tag);
}

/** A build with an older Docker fetches the front end that the directive names. It counts in the first lines only. */
function withSyntax({ source }: Dockerfile, edits: readonly TextEdit[]): readonly TextEdit[] {
  const at = source.text.startsWith('\uFEFF') ? 1 : 0;
  // Behind a line for the system, the directive would have to be the second.
  if (source.text.startsWith('#!', at)) return edits;
  const line = `# syntax=docker/dockerfile:1${source.eol}`;
  const [first, ...rest] = edits;
  if (first?.span.start === at) return [{ ...first, newText: line + first.newText }, ...rest];
  return [{ span: { start: at, end: at }, newText: line }, ...edits];
}

/** The stages and images an instruction names by `--from`. */
function references(instruction: Instruction): readonly string[] {
  const mounts = runOf(instruction)?.mounts.map(({ from }) => from) ?? [];
  return [copyOf(instruction)?.from?.text, ...mounts].filter((text) => text !== undefined);
}
