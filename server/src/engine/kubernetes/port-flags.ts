import { commandWords } from './command-line.ts';
import type { Container } from './workload.ts';

/** Flags for a port that somebody else listens on, or that is not what the container is there for. */
const others = /(?:^|[-_.])(?:upstream|target|remote|backend|dest(?:ination)?|db|database|redis|mysql|postgres|proxy|peer|client|metrics?|probe|health\w*|debug|admin|pprof)(?:$|[-_.])/i;

/** The ports that a container's command line tells it to listen on: `--port=8080`, `--grpc-server-port 8080`, `-http.port 80`. */
export function flaggedPorts(container: Container): readonly number[] {
  const words = commandWords(container);
  return words.flatMap((word, index) => {
    const flag = /^--?((?:[\w.-]+[-_.])?port)(?:=(\d+))?$/.exec(word);
    if (flag === null || others.test(flag[1] ?? '')) return [];
    const value = flag[2] ?? (word.includes('=') ? '' : (words[index + 1] ?? ''));
    return /^\d{1,5}$/.test(value) ? [Number(value)] : [];
  });
}
