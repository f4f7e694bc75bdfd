import { parseDockerfile } from '../../server/src/engine/dockerfile/view.ts';
import type { Dockerfile, Instruction, Stage } from '../../server/src/engine/dockerfile/model.ts';

/** A file of the lines given. */
export function file(...lines: readonly string[]): Dockerfile {
  return parseDockerfile(lines.join('\n'));
}

/** The last stage of a file of the lines given. */
export function stage(...lines: readonly string[]): Stage {
  const found = file(...lines).stages.at(-1);
  if (found === undefined) throw new Error('no stage');
  return found;
}

/** The last instruction of a file: the line given behind `FROM alpine`. */
export function instruction(text: string, head = 'FROM alpine:3.22'): Instruction {
  const found = parseDockerfile(`${head}\n${text}`).instructions.at(-1);
  if (found === undefined) throw new Error('no instruction');
  return found;
}

/** The text that a span covers. */
export function covered({ source }: Dockerfile, span: { readonly start: number; readonly end: number } | undefined): string | undefined {
  return span === undefined ? undefined : source.slice(span);
}
