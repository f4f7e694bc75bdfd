import type { RuntimeImage } from '../../engine/catalog/runtimes.ts';
import type { Message } from '../../engine/core/message.ts';
import type { Instruction } from '../../engine/dockerfile/model.ts';
import type { Invocation, Site, Step } from './site.ts';
import type { Start } from './start.ts';

/** What a recipe recognises: this stage builds something of its ecosystem. */
export interface Recognition {
  /** As people call it: "Go", "Node.js". */
  readonly ecosystem: string;
  /** The RUN that builds, and the command in it. */
  readonly step: Step;
  readonly invocation: Invocation;
  /** The base image carries the toolchain of this ecosystem. */
  readonly sdk: boolean;
  /** What the start command runs of the build's products, as written there; undefined where that cannot be seen. */
  readonly runs: string | undefined;
  /** What the container starts in the end, where the start command only leads there: `npm start`. */
  readonly start?: Start;
  /** The build image holds libraries, and nothing shows which of them the program is linked to. */
  readonly hidesLibraries?: boolean;
  /** It installs packages for an interpreter: the sources are what runs. */
  readonly installs?: boolean;
  /** It compiles packages that it depends on, not its own sources. */
  readonly isNative?: boolean;
  /** A conversion is possible, and nothing shows that it would win much: no finding. */
  readonly isQuiet?: boolean;
}

/** Something the final stage takes from the build stage. */
export interface Product {
  /** Absolute path in the build stage; the last part may be a pattern. */
  readonly path: string;
  /** Absolute path in the final stage. */
  readonly destination: string;
  /** Belongs to root, whoever builds. */
  readonly isSystem?: boolean;
}

/** What the final stage has to offer for the instructions that move there. */
export interface Needs {
  /** Shells by name that its commands call. */
  readonly shells: readonly string[];
  /** Shells that only the start command calls, and that its exec form would not need. */
  readonly avoidable: readonly string[];
  /** Packages of the build stage's distribution that a person installed for the program. */
  readonly packages: readonly string[];
  /** They were installed with what they recommend. */
  readonly recommends: boolean;
  /** Packages that an instruction of the final stage installs by itself. */
  readonly later: readonly string[];
  /** RUN instructions or commands move there: the distribution must be the build stage's. */
  readonly runs: boolean;
  /** Programs that ENTRYPOINT, CMD and HEALTHCHECK call beside the product. */
  readonly tools: readonly string[];
  /** The user's name at the end, where it is a name and no instruction that moves along creates it. */
  readonly user: string | undefined;
}

/** One final base to offer. */
export interface Candidate {
  readonly key: 'multi-stage' | 'multi-stage-distroless';
  readonly runtime: RuntimeImage;
  /** Packages it needs beside its own and those of `Needs`. */
  readonly packages: readonly string[];
  /** ENV that it needs beside that of its image and of the file. */
  readonly variables?: RuntimeImage['variables'];
  /** The final base is of the build stage's own release, so that packages have the same names and versions. */
  readonly sameRelease: boolean;
  /** The builder's tag with its release pinned, where builder and runtime could drift apart otherwise. */
  readonly pinnedTag: string | undefined;
}

/** An instruction to write: its keyword is spelled as the file spells its own. */
export interface Line {
  readonly keyword: 'RUN' | 'ENV';
  readonly args: string;
}

/** How a stage is split. */
export interface Plan {
  /** In the order in which they are copied. The program the container starts is among them. */
  readonly products: readonly Product[];
  /** The recipe's habits, with what the build context tells. */
  readonly habits?: Habits;
  /** What the start command becomes, where the final image lacks the program that leads to it. */
  readonly command?: { readonly instruction: Instruction; readonly words: readonly string[] };
  /** RUN lines that end the build stage, without the keyword. */
  readonly finish: readonly string[];
  /** Lines that the build stage gets above an instruction: what gathers the packages in one directory. */
  readonly prelude?: { readonly before: Instruction; readonly lines: readonly Line[] };
  /** ENV lines that the final stage gets behind the products. */
  readonly settings?: readonly Line[];
  /** The distribution of the build stage; packages are named by it. */
  readonly family: 'debian' | 'alpine';
  readonly release: string | undefined;
  /** The product needs no library of its build stage. */
  readonly isStatic: boolean;
  /** Final bases that meet the needs, best first; a reason where there is none. */
  readonly candidates: (needs: Needs) => readonly Candidate[] | Refusal;
}

/** Why there is no conversion. Always true of the file at hand. */
export interface Refusal {
  readonly refused: Message;
}

/** What a recipe says about the instructions of a build stage of its ecosystem. */
export interface Habits {
  /** Programs of the toolchain, by name. */
  readonly programs: ReadonlySet<string>;
  /** Is a call of one of them sure to leave nothing but sources, packages and the products? What is not, is unknown. */
  readonly isBuild: (invocation: Invocation, products: readonly Product[]) => boolean;
  /** Programs of the build image that set up the image itself: what they do is repeated in the final one. */
  readonly setup?: ReadonlySet<string>;
  /** The final base is the build image itself, so that what is removed from it has to be removed there, too. */
  readonly keepsBase?: boolean;
  /** Is a package of the distribution one that only a build needs? Of any other the program may make use. */
  readonly isBuildPackage: (name: string) => boolean;
  /** ENV names that only the build reads. */
  readonly variables: (name: string) => boolean;
  /** Directories that belong to the toolchain: `/go`, `/root`. */
  readonly directories: readonly string[];
  /** Is this source of a COPY program text or build configuration, which the product no longer needs? */
  readonly isSource: (path: string) => boolean;
  /** Does the program itself do this, so that the final stage can do it behind the build? `python manage.py collectstatic`. */
  readonly isProgram?: (invocation: Invocation) => boolean;
  /** The project goes along as it is: owners and permissions that are set behind the build can be set in the final stage. */
  readonly keepsProject?: boolean;
  /** Nothing packs the pages and templates of the project: the program reads them from their folders, unless it holds them inside. */
  readonly readsFolders?: true;
  /** Is what lies at this path of the build stage a tool that only the build calls? `/bin/uv`. */
  readonly isTool?: (path: string) => boolean;
}

/** One ecosystem: how its builds are recognised and, with `plan`, how they are split. */
export interface Recipe {
  /** Cheap: can the file be one of these at all? Saves reading every RUN of the many that are not. */
  readonly mayBe: (text: string, base: string | undefined) => boolean;
  readonly recognise: (site: Site, start: Start) => Recognition | undefined;
  readonly habits?: Habits;
  readonly plan?: (site: Site, start: Start, recognition: Recognition) => Plan | Refusal;
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
