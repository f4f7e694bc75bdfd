import { basename } from '../shell/invocation.ts';
import type { Word } from '../shell/model.ts';

/** `apt` stands for apt, apt-get and aptitude. */
export type ManagerName = 'apt' | 'apk' | 'dnf' | 'yum' | 'microdnf' | 'tdnf' | 'zypper' | 'pacman';

/** A package manager's command line, taken apart. */
export interface Managing {
  readonly manager: ManagerName;
  readonly action: 'install' | 'remove' | 'other';
  /** The packages. */
  readonly words: readonly Word[];
  readonly virtual: string | undefined;
  readonly unneeded: boolean;
}

interface Shape {
  readonly manager: ManagerName;
  readonly install: readonly string[];
  readonly remove: readonly string[];
  /** Options whose value is the next word. */
  readonly withValue: readonly string[];
}

const apt: Shape = {
  manager: 'apt',
  install: ['install', 'reinstall', 'satisfy'],
  remove: ['remove', 'purge', 'autoremove', 'autopurge'],
  withValue: ['-t', '--target-release', '--default-release', '-o', '--option', '-c', '--config-file', '-a', '--host-architecture'],
};

function redHat(manager: ManagerName): Shape {
  return {
    manager,
    install: ['install', 'localinstall', 'groupinstall', 'reinstall', 'in'],
    remove: ['remove', 'erase', 'autoremove', 'rm'],
    withValue: ['-c', '--config', '-x', '--exclude', '--setopt', '--enablerepo', '--disablerepo', '--repo', '--repoid', '--releasever', '--installroot'],
  };
}

const shapes: ReadonlyMap<string, Shape> = new Map([
  ['apt-get', apt],
  ['apt', apt],
  ['aptitude', apt],
  [
    'apk',
    {
      manager: 'apk',
      install: ['add'],
      remove: ['del'],
      withValue: ['-t', '--virtual', '-X', '--repository', '-p', '--root', '--repositories-file', '--keys-dir', '--cache-dir', '--arch', '--wait'],
    },
  ],
  ['dnf', redHat('dnf')],
  ['dnf5', redHat('dnf')],
  ['yum', redHat('yum')],
  ['microdnf', redHat('microdnf')],
  ['tdnf', redHat('tdnf')],
  [
    'zypper',
    {
      manager: 'zypper',
      install: ['install', 'in'],
      remove: ['remove', 'rm'],
      withValue: ['-t', '--type', '-r', '--repo', '-R', '--root', '--name', '--from'],
    },
  ],
  ['pacman', { manager: 'pacman', install: [], remove: [], withValue: ['-b', '--dbpath', '-r', '--root', '--config', '--cachedir', '--ignore'] }],
]);

/** Options that remove what nothing needs any more. */
const unneededOptions: ReadonlySet<string> = new Set(['--auto-remove', '--autoremove']);

/** Takes a package manager's words apart; undefined for every other program. */
export function managerOf(words: readonly Word[]): Managing | undefined {
  const shape = shapes.get(basename(words[0]?.value) ?? '');
  if (shape === undefined) return undefined;
  const operands: Word[] = [];
  const options: string[] = [];
  let virtual: string | undefined;
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const { text } = word;
    if (!text.startsWith('-') || text === '-') {
      operands.push(word);
      continue;
    }
    options.push(text);
    const equals = text.startsWith('--virtual=') || text.startsWith('-t=') ? text.slice(text.indexOf('=') + 1) : undefined;
    if (shape.withValue.includes(text)) at += 1;
    if (shape.manager === 'apk' && (text === '-t' || text === '--virtual')) virtual = words[at]?.value ?? words[at]?.text;
    else if (shape.manager === 'apk' && equals !== undefined) virtual = equals;
  }
  const { action, packages, verb } = actionOf(shape, operands, options);
  const unneeded =
    action === 'remove' && (shape.manager !== 'apt' || verb.startsWith('auto') || options.some((option) => unneededOptions.has(option)));
  return { manager: shape.manager, action, words: packages, virtual, unneeded };
}

interface Action {
  readonly action: Managing['action'];
  readonly packages: readonly Word[];
  readonly verb: string;
}

function actionOf(shape: Shape, operands: readonly Word[], options: readonly string[]): Action {
  if (shape.manager === 'pacman') {
    const action = options.some((option) => /^-S[a-z]*$/.test(option) && operands.length > 0) ? 'install' : options.some((option) => option.startsWith('-R')) ? 'remove' : 'other';
    return { action, packages: action === 'other' ? [] : operands, verb: '' };
  }
  const [first, ...packages] = operands;
  const verb = first?.value ?? '';
  if (shape.install.includes(verb)) return { action: 'install', packages, verb };
  if (shape.remove.includes(verb)) return { action: 'remove', packages, verb };
  return { action: 'other', packages: [], verb };
}
