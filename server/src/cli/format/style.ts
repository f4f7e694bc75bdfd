import type { Severity } from '../../engine/core/finding.ts';
import type { Io } from '../io.ts';

/** Puts text into a terminal's colours, or leaves it alone. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly code: (text: string) => string;
  readonly good: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const severityCodes: Readonly<Record<Severity, string>> = { error: '31', warning: '33', information: '36', hint: '90' };

export function styleOf(colored: boolean): Style {
  const paint = (code: string) => (text: string) => (colored && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: paint('1'),
    dim: paint('2'),
    code: paint('36'),
    good: paint('32'),
    severity: (severity, text) => paint(`1;${severityCodes[severity]}`)(text),
  };
}

/** Colours when asked for; by itself only on a terminal that wants them (NO_COLOR, FORCE_COLOR, TERM=dumb). */
export function wantsColor(choice: 'auto' | 'always' | 'never', { env, terminal }: Pick<Io, 'env' | 'terminal'>): boolean {
  if (choice !== 'auto') return choice === 'always';
  const force = env['FORCE_COLOR'];
  if (force !== undefined) return force !== '0' && force !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  return terminal && env['TERM'] !== 'dumb';
}
