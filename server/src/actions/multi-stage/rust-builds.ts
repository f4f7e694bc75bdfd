import { resolvePath } from '../../engine/dockerfile/facts.ts';
import { isWithin, nameOf } from './paths.ts';
import { variableAt, type Invocation, type Site, type Step } from './site.ts';

/** A command that makes Rust programs. */
export interface Built {
  readonly step: Step;
  readonly invocation: Invocation;
  /** Below it lie directories of profiles; undefined for a `target` that Cargo looks for upwards. */
  readonly target: string | undefined;
  readonly triple: string | undefined;
  readonly profile: string;
  /** For `cargo install`: where its programs go. */
  readonly binDirectory: string | undefined;
  /** Programs that the command names; empty where Cargo.toml decides. */
  readonly names: readonly string[];
  /** False for `make` and its like. */
  readonly isSeen: boolean;
}

/** Every build of the stage, in order. */
export function buildsOf(site: Site): readonly Built[] {
  return site.steps.flatMap((step) => step.invocations.flatMap((invocation) => builtBy(step, invocation) ?? []));
}

function builtBy(step: Step, invocation: Invocation): Built | undefined {
  const { name, args, directory } = invocation;
  const unseen = { step, invocation, target: undefined, triple: undefined, profile: 'release', binDirectory: undefined, names: [], isSeen: false };
  if (name === 'make' || name === 'just' || name === 'task') return unseen;
  if (name !== 'cargo') return undefined;
  const words = args.filter((arg, index) => !(index === 0 && arg?.startsWith('+') === true));
  const [first, second] = words;
  const verb = first === 'auditable' ? second : first;
  const environment = (key: string): string | undefined => (invocation.environment.has(key) ? invocation.environment.get(key) : variableAt(step.instruction, key));
  const named = [...valuesOf(words, '--bin'), ...valuesOf(words, '--example')];
  if (verb === 'install') {
    const home = environment('CARGO_HOME') ?? (isOfficial(step) ? '/usr/local/cargo' : '/root/.cargo');
    const root = valuesOf(words, '--root').at(-1) ?? environment('CARGO_INSTALL_ROOT') ?? home;
    const binDirectory = resolvePath(directory, `${root}/bin`);
    const isLocal = words.some((word) => word === '--path' || word === '--git' || word?.startsWith('--path=') === true || word?.startsWith('--git=') === true);
    const crates = isLocal ? [] : operandsOf(words.slice(1)).flatMap((word) => word?.replace(/@.*$/, '') ?? []);
    if (binDirectory === undefined || (!isLocal && crates.length === 0)) return undefined;
    return { ...unseen, binDirectory, names: named.length > 0 ? named : crates, isSeen: true };
  }
  if (verb !== 'build' && verb !== 'b' && verb !== 'zigbuild') return undefined;
  if (words.includes('--lib')) return undefined;
  const given = valuesOf(words, '--target-dir').at(-1) ?? environment('CARGO_TARGET_DIR');
  const profile = valuesOf(words, '--profile').at(-1);
  const isRelease = words.some((word) => word === '--release' || /^-[a-z]*r[a-z]*$/.test(word ?? ''));
  return {
    ...unseen,
    target: given === undefined ? undefined : resolvePath(directory, given),
    triple: (valuesOf(words, '--target').at(-1) ?? environment('CARGO_BUILD_TARGET'))?.replace(/\.json$/, ''),
    profile: profile === undefined ? (isRelease ? 'release' : 'debug') : profile === 'dev' || profile === 'test' ? 'debug' : profile,
    names: named, isSeen: true,
  };
}

function isOfficial({ instruction }: Step): boolean {
  return instruction.stage?.file.stages[0]?.from.imageText.includes('rust') === true;
}

function valuesOf(words: Invocation['args'], option: string): readonly string[] {
  return words.flatMap((word, index) => (words[index - 1] === option ? (word ?? []) : word?.startsWith(`${option}=`) === true ? [word.slice(option.length + 1)] : []));
}

const valued: ReadonlySet<string> = new Set(['--version', '--vers', '--features', '-F', '--root', '--registry', '--index', '--target', '--target-dir', '--profile', '-j', '--jobs', '--bin', '--example', '--config', '-Z', '--branch', '--tag', '--rev', '--color', '--message-format']);

function operandsOf(words: Invocation['args']): Invocation['args'] {
  return words.filter((word, index) => word?.startsWith('-') !== true && !valued.has(words[index - 1] ?? ''));
}

/** `<target>/[<triple>/]<profile>/<name>`: the layout of Cargo's target directory (the Cargo book, build cache). */
const layout = /^(.*?)\/((?:[\w.]+-[\w.-]+\/)?)([\w-]+)\/([\w.-]+)$/;
const unseen = /\/target\/(?:[\w.]+-[\w.-]+\/)?(?:release|debug)\/[\w-]+$/;

/** In Cargo's own layout nothing else lies. */
export function isUnseenBuild(path: string): boolean {
  return unseen.test(path);
}

/** Is the file at the path one that the build makes? */
export function makes({ workdir }: Site, built: Built, path: string): boolean {
  const { binDirectory, names, target, triple, profile, invocation: { directory, args } } = built;
  if (!built.isSeen) return false;
  if (names.length > 0 && !names.includes(nameOf(path))) return false;
  if (binDirectory !== undefined) return path === `${binDirectory}/${nameOf(path)}`;
  const match = layout.exec(path);
  if (match?.[3] !== profile || (triple !== undefined && match[2] !== `${triple}/`)) return false;
  const [, folder = ''] = match;
  if (target !== undefined) return folder === target;
  // Cargo looks for the workspace upwards, and `--manifest-path` may lead below.
  const manifest = valuesOf(args, '--manifest-path').at(-1);
  const start = manifest === undefined ? (directory ?? workdir) : resolvePath(directory, manifest.replace(/\/?Cargo\.toml$/, '') || '.');
  const root = folder.slice(0, -'/target'.length);
  return folder.endsWith('/target') && start !== undefined && isWithin(root === '' ? '/' : root, start);
}
