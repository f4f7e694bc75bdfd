import { argvOf } from '../shell/argv.ts';
import type { SimpleCommand, Word } from '../shell/model.ts';
import type { Span } from '../text/span.ts';
import { memo } from './memo.ts';
import { managerOf, type ManagerName, type Managing } from './package-managers.ts';
import type { Run } from './run.ts';

export interface Package {
  /** Without version, release and architecture. As written where a variable stands in it. */
  readonly name: string;
  readonly version: string | undefined;
  /** False where only a build knows what the word comes to: it may be several packages. */
  readonly known: boolean;
  readonly span: Span;
}

/** One `apt-get install`, `apk add` and so on, or its opposite. */
export interface PackageCommand {
  readonly manager: ManagerName;
  readonly packages: readonly Package[];
  /** apk: the name under which `--virtual` keeps them, so that `apk del` removes them all. */
  readonly virtual: string | undefined;
  readonly command: SimpleCommand;
  readonly commandSpan: Span;
}

/** What a RUN removes again. */
export interface PackageRemoval extends PackageCommand {
  /** Also removes what nothing needs any more: `autoremove`, `--auto-remove`; apk and dnf do so by themselves. */
  readonly unneeded: boolean;
}

/** Every package installation of a RUN, in order. */
export function packageInstalls(run: Run): readonly PackageCommand[] {
  return managed(run).flatMap(({ managing, command }) => (managing.action === 'install' ? [packageCommand(managing, command)] : []));
}

/** Every package removal of a RUN, in order. */
export function removedPackages(run: Run): readonly PackageRemoval[] {
  return managed(run).flatMap(({ managing, command }) =>
    managing.action === 'remove' ? [{ ...packageCommand(managing, command), unneeded: managing.unneeded }] : [],
  );
}

/** The package manager that a RUN uses first, for whatever purpose. */
export function managerUsed(run: Run): ManagerName | undefined {
  return managed(run)[0]?.managing.manager;
}

interface Managed {
  readonly managing: Managing;
  readonly command: SimpleCommand;
}

const managed = memo((run: Run): readonly Managed[] =>
  (run.script?.commands() ?? []).flatMap((command) => {
    const { wrappers } = argvOf(command);
    if (wrappers.some((wrapper) => wrapper.kind === 'shell')) return [];
    const before = wrappers.reduce((count, wrapper) => count + wrapper.words.length, 0);
    const managing = managerOf(command.words.slice(before));
    return managing === undefined ? [] : [{ managing, command }];
  }),
);

function packageCommand({ manager, words, virtual }: Managing, command: SimpleCommand): PackageCommand {
  return { manager, packages: words.map((word) => packageOf(manager, word)), virtual, command, commandSpan: command.span };
}

function packageOf(manager: ManagerName, word: Word): Package {
  const text = word.value ?? word.text;
  const [, name = text, version] = (nameAndVersion.get(manager) ?? nameAndRelease).exec(text) ?? [];
  return { name, version, known: word.value !== undefined && !word.hasGlob, span: word.span };
}

/** `name-1.2-3`: names hold dashes and digits too, so only a number with a dot or a second number counts as a version. */
const nameAndRelease = /^(.+?)-(\d[\w.+~:]*-\d[\w.+~]*|\d+\.\d[\w.+~]*)$/;

const nameAndVersion: ReadonlyMap<ManagerName, RegExp> = new Map([
  ['apk', /^([^=<>~@]+)(?:[=<>~]+([^@]*))?/],
  ['apt', /^([^=/:]+)(?::[^=/]+)?(?:[=/](.*))?$/],
  ['zypper', /^([^=<>]+)(?:[=<>]+(.*))?$/],
  ['pacman', /^([^=<>]+)(?:[=<>]+(.*))?$/],
]);
