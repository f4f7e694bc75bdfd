import { stageFacts } from './facts.ts';
import type { Start } from './start.ts';
import { lineage } from './view.ts';

/** Words of a command line that name an address or a port to listen on. */
const listens = /^--?(?:port|http-port|host|hostname|bind|listen|listen-address|addr|address|server\.port)(?:=|$)|^(?:\S*@)?(?:0\.0\.0\.0|\[::\])|^:\d{2,5}$|\$\{?\w*PORT\b/i;

/**
 * Does the file show that something waits for requests or works on until it is stopped: EXPOSE, HEALTHCHECK, a PORT variable, an
 * address on the command line?
 */
export function looksLikeService({ stage, words, script }: Start): boolean {
  const { healthcheck, env } = stageFacts(stage);
  const exposes = lineage(stage).some((each) => each.instructions.some(({ keyword }) => keyword === 'EXPOSE'));
  if (exposes || healthcheck?.command !== undefined || env.has('PORT')) return true;
  const texts = [...words, ...(script?.commands() ?? []).flatMap((command) => command.words.map((word) => word.text))];
  return texts.some((text) => text !== undefined && listens.test(text));
}
