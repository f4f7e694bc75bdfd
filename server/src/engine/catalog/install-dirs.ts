import { officialName, type ImageRef } from './image-ref.ts';

/** What one installer of an official image writes to when nobody names a directory. */
interface InstallDirs {
  readonly image: string;
  readonly program: string;
  /** The words that make it install for the whole image. */
  readonly verb: RegExp;
  /** Options that name another place. */
  readonly elsewhere: RegExp;
  readonly paths: readonly string[];
}

/**
 * Sources: docker-library/ruby sets GEM_HOME to /usr/local/bundle, its `bin` in front of PATH. The images of Perl and Node.js are built with
 * the prefix /usr/local; that modules then go to `lib/perl5/site_perl` and `lib/node_modules`, and commands to `bin`, is
 * how cpanm and npm work (perldoc ExtUtils::MakeMaker, INSTALLDIRS; docs.npmjs.com, folders). From knowledge, not verified in a container.
 */
const table: readonly InstallDirs[] = [
  { image: 'perl', program: 'cpanm', verb: /^(?:--installdeps|[A-Z]\w*(?:::\w+)*(?:[@~].+)?)$/, elsewhere: /^(?:-[lL]|--local-lib)/, paths: ['/usr/local/lib/perl5/site_perl', '/usr/local/bin'] },
  { image: 'perl', program: 'cpm', verb: /^(?:-g|--global)$/, elsewhere: /^(?:-L|--local-lib)/, paths: ['/usr/local/lib/perl5/site_perl', '/usr/local/bin'] },
  { image: 'ruby', program: 'gem', verb: /^install$/, elsewhere: /^(?:-i|--install-dir|-n|--bindir|--user-install)/, paths: ['/usr/local/bundle'] },
  { image: 'node', program: 'npm', verb: /^(?:-g|--global)$/, elsewhere: /^--prefix/, paths: ['/usr/local/lib/node_modules', '/usr/local/bin'] },
];

/** The directories that a call of an installer writes to; undefined where it may be another one. */
export function installDirs(image: ImageRef | undefined, program: string, args: readonly (string | undefined)[]): readonly string[] | undefined {
  const official = image === undefined ? undefined : officialName(image);
  const row = table.find((each) => each.image === official && each.program === program);
  const known = row !== undefined && args.some((arg) => arg !== undefined && row.verb.test(arg)) && !args.some((arg) => arg === undefined || row.elsewhere.test(arg));
  return known ? row.paths : undefined;
}
