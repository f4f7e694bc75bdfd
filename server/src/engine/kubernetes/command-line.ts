import type { Container } from './workload.ts';

/** The words of `command` and `args`; '' for those that cannot be read. */
export function commandWords({ field }: Container): readonly string[] {
  return [...field.get('command').items(), ...field.get('args').items()].map((item) => item.text ?? '');
}

/** The variables that `env` lists; '' for what cannot be read. */
export function variablesOf({ field }: Container): readonly { readonly name: string; readonly value: string }[] {
  return field.get('env').items().map((item) => ({ name: item.get('name').text ?? '', value: item.get('value').text ?? '' }));
}

/** The command line, and below it a line for each variable: `NAME=value`, with nothing behind `=` for what cannot be read. */
export function commandLine(container: Container): string {
  return `${commandWords(container).join(' ')}\n${variablesOf(container).map(({ name, value }) => `${name}=${value}`).join('\n')}`;
}

/** Does the image start what it always starts? Options behind its command are no other program. */
export function runsAsBuilt({ field }: Container): boolean {
  const args = field.get('args');
  return field.get('command').absent && (args.absent || args.items()[0]?.text?.startsWith('-') === true);
}

/** May the container have this variable? Whole sets of them (`envFrom`) are not looked into. */
export function mayHaveVariable({ field }: Container, name: string): boolean {
  if (!field.get('envFrom').absent || field.get('env').state === 'unknown') return true;
  return field.get('env').items().some((item) => [name, undefined].includes(item.get('name').text));
}

/** The program of a `pause` image holds its Pod open and does nothing else. */
export function pauses(container: Container): boolean {
  return container.image?.name === 'pause' && runsAsBuilt(container);
}

/** What starts another program and stays for its signals only. */
const supervisor = /^(?:\S*\/)?(?:dumb-init|tini|envconsul)(?: -\S+)*(?: --)? (?=[^-])/;

/** A container that only waits or follows a file serves nobody, whatever ports it declares. */
export function idles(container: Container): boolean {
  if (pauses(container)) return true;
  const text = commandWords(container).join(' ').replace(supervisor, '').replace(/^(?:\S*\/)?(?:ba|da|a|z)?sh -\w*c (?:-- )?/, '').trim();
  return /^(?:exec )?(?:(?:\/\S*\/)?(?:sleep|tail -[fF])\b[^;&|\n]*|while (?:true|:|sleep [^;]+); *do *sleep[^;]*; *done;?)$/.test(text);
}
