import type { Span } from '../text/span.ts';
import { words } from './lex.ts';
import { argumentsOf, type Instruction } from './model.ts';
import { expand } from './variables.ts';

/** One port of EXPOSE; a range is one for each port. */
export interface ExposedPort {
  /** 1 to 65535. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly span: Span;
  readonly instruction: Instruction;
}

/** A longer range is not spelled out: nobody probes so many ports. */
const longestRange = 100;

/** The ports an EXPOSE names, as far as they are known; what is no port is left out. */
export function exposedPorts(instruction: Instruction): readonly ExposedPort[] {
  return words(argumentsOf(instruction)).flatMap(({ text, span }) => {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(expand(text, instruction)?.trim() ?? '');
    if (match === null) return [];
    const first = Number(match[1]);
    const last = Math.min(Number(match[2] ?? first), 65535, first + longestRange - 1);
    const protocol = protocolOf(match[3]);
    const ports = Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset).filter((port) => port > 0);
    return ports.map((port) => ({ port, protocol, span, instruction }));
  });
}

function protocolOf(text = 'tcp'): ExposedPort['protocol'] {
  const lower = text.toLowerCase();
  return lower === 'udp' || lower === 'sctp' ? lower : 'tcp';
}
