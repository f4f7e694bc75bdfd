import { startOf as engineStart } from '../../engine/dockerfile/start.ts';
import { resolveArgv, type Argv } from '../../engine/shell/argv.ts';
import { toExecForm } from '../../engine/shell/exec-form.ts';
import type { Plan, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import type { Site } from './site.ts';
import { withScripts } from './interpreted.ts';
import type { Start } from './start.ts';

const withoutValue: ReadonlySet<string> = new Set(['--no-sync', '--frozen', '--locked', '--no-dev', '--offline', '--no-project', '--quiet', '-q', '--no-cache', '--']);

/** Is the program only the tool that starts another in its environment? */
export function isLead({ name, args }: Argv): boolean {
  return (name === 'uv' || name === 'poetry') && args.includes('run');
}

/** What `poetry run` and `uv run` start; undefined where an option of theirs changes that. */
export function ledBy({ name, args }: Argv): readonly string[] | undefined {
  const words = args.filter((arg) => arg !== undefined);
  if (words.length < args.length || words[0] !== 'run') return undefined;
  let index = 1;
  while (withoutValue.has(words[index] ?? '')) index += 1;
  const [first, ...rest] = words.slice(index);
  if (first === undefined) return undefined;
  if (name === 'uv' && (first === '-m' || first === '--module')) return ['python', '-m', ...rest];
  if (first.startsWith('-')) return undefined;
  return name === 'uv' && first.endsWith('.py') ? ['python', first, ...rest] : [first, ...rest];
}

/** The start as it is once those tools are taken away, and a script stands for the shell that reads it. */
export function withoutLead(start: Start): Start {
  return withScripts({ ...start, programs: start.programs.map((argv) => (isLead(argv) ? resolveArgv(ledBy(argv) ?? [argv.name]) : argv)) });
}

/** What CMD or ENTRYPOINT has to say without `poetry run` and `uv run`; undefined where it has neither. */
export function commandWithoutLead(site: Site, start: Start): Plan['command'] | Refusal {
  const lead = start.programs.find(isLead);
  if (lead?.name === undefined) return undefined;
  const engine = engineStart(site.stage);
  const command = [engine?.entrypoint, engine?.cmd].find((each) => each?.instruction.args.includes('run') === true);
  const form = command?.form === 'shell' && command.script !== undefined ? toExecForm(command.script) : undefined;
  const words = command?.form === 'exec' ? command.words : form?.kind === 'exec' ? form.words : [];
  const at = words.findIndex((word, index) => (word === lead.name || word.endsWith(`/${lead.name ?? ''}`)) && words[index + 1] === 'run');
  const led = at < 0 ? undefined : ledBy(resolveArgv(words.slice(at)));
  if (command === undefined || led === undefined || start.programs.length > 1 || words.slice(0, at).some((word) => /^(?:ba|da)?sh$/.test(word))) return refuse('tool', { tool: lead.name });
  return { instruction: command.instruction, words: [...words.slice(0, at), ...led] };
}

/** What people would call the program: the script, the module, the server. */
export function programText({ name, program, args }: Argv): string | undefined {
  if (name === undefined || !/^python[\d.]*$/.test(name)) return program;
  const module = args[args.indexOf('-m') + 1];
  if (args.includes('-m')) return module;
  return args.find((arg) => arg?.startsWith('-') === false);
}

/** Shells, interpreters waiting for input, test runners, keep-alives: nobody serves anything by them. */
export function isNoService(argv: Argv): boolean {
  return programText(argv) === undefined || ['bash', 'sh', 'zsh', 'ipython', 'jupyter', 'jupyter-lab', 'jupyter-notebook', 'pytest', 'tox', 'tail', 'sleep', 'irb', 'rspec', 'make', 'pip', 'bundle-audit', 'guard'].includes(argv.name ?? '');
}
