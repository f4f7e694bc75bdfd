import { isOneOf } from '../catalog/image-match.ts';
import type { Instruction, Stage } from './model.ts';
import { pairsOf } from './pairs.ts';
import { definitions } from './variables.ts';
import { lineage, rootBase } from './view.ts';

/** Images of bare distributions, which set nothing but PATH. Source: docker-library/official-images. */
const bare = ['alpine', 'debian', 'ubuntu', 'busybox', 'fedora', 'almalinux', 'rockylinux', 'amazonlinux', 'buildpack-deps'];

/** Names that every container has, or that bash gives a value itself, and those that images of languages and servers set: `NODE_VERSION`, `JAVA_HOME`. */
const always = /^(?:PATH|HOME|HOSTNAME|PWD|OLDPWD|USER|SHLVL|TERM|IFS|E?UID|GROUPS|PPID|RANDOM|SECONDS|LINENO|(?:HOST|MACH|OS)TYPE|OPTARG|OPTIND|REPLY)$/;
const often = /^(?:LANG|LC_ALL|LANGUAGE|GOPATH|TZ)$|_(?:VERSION|HOME)$/;

/** The ARG that gives a name its value at build time only: no ENV of the stage, or of those it is built on, carries it on. */
export interface BuildOnly {
  /** The last ARG of the stage or of those it is built on; undefined where only an ARG above the first FROM has the name. */
  readonly arg: Instruction | undefined;
}

/** Undefined for a name with an ENV, for one that no ARG of this stage has, and for one that the base image may set. */
export function buildOnly(stage: Stage, name: string): BuildOnly | undefined {
  const base = rootBase(stage);
  const isBare = base.kind === 'scratch' || (base.kind === 'image' && isOneOf(base.ref, bare));
  if (always.test(name) || (!isBare && often.test(name))) return undefined;
  const made = lineage(stage).flatMap((each) => [...(definitions(each).get(name) ?? [])].reverse());
  if (made.some(({ kind }) => kind === 'env')) return undefined;
  const arg = made[0]?.instruction;
  const isGlobal = stage.file.globalArgs.some((each) => pairsOf(each).some((pair) => pair.name === name));
  return arg !== undefined || isGlobal ? { arg } : undefined;
}
