import type { Family } from '../catalog/base-images.ts';
import { distributionOfImage, type ImageDistribution, shellOfFamily } from '../catalog/image-family.ts';
import type { ShellKind } from '../catalog/shell-kind.ts';
import { basename } from '../shell/invocation.ts';
import { stageFacts } from './facts.ts';
import { memo } from './memo.ts';
import type { Stage } from './model.ts';
import { managerUsed } from './packages.ts';
import type { ManagerName } from './package-managers.ts';
import { isWindows } from './platform.ts';
import { runOf } from './run.ts';
import { lineage, rootBase } from './view.ts';

export type { Family } from '../catalog/base-images.ts';

export interface Distribution extends ImageDistribution {
  /** `package-manager`: only a RUN line tells. */
  readonly evidence: 'image' | 'package-manager';
}

/** What a stage's file system is. Undefined where nothing tells. */
export const distributionOf = memo((stage: Stage): Distribution | undefined => {
  if (isWindows(stage)) return { family: 'windows', release: undefined, evidence: 'image' };
  const base = rootBase(stage);
  if (base.kind === 'scratch') return { family: 'scratch', release: undefined, evidence: 'image' };
  const image = base.kind === 'image' ? distributionOfImage(base.ref) : undefined;
  if (image !== undefined) return { ...image, evidence: 'image' };
  const manager = managerSeen(stage);
  const family = manager === undefined ? undefined : familyOfManager.get(manager);
  return family === undefined ? undefined : { family, release: undefined, evidence: 'package-manager' };
});

export function baseFamily(stage: Stage): Family | undefined {
  return distributionOf(stage)?.family;
}

/**
 * The shell that runs the shell form at the end of a stage: that of SHELL, or what `/bin/sh` is there. Debian and Ubuntu
 * have dash, Alpine, Wolfi and busybox have ash, the Red Hat family has bash. Undefined where there is none or nobody knows.
 */
export const shellKind = memo((stage: Stage): ShellKind | undefined => {
  const named = basename(stageFacts(stage).shell?.value[0]);
  if (named === 'bash' || named === 'dash' || named === 'ash') return named;
  if (named !== undefined && named !== 'sh') return undefined;
  if (linksShellToBash(stage)) return 'bash';
  const family = baseFamily(stage);
  return family === undefined ? undefined : shellOfFamily[family];
});

/** Is there a shell at all, as far as is known? Distroless images have one in their `debug` variants only. */
export function hasShell(stage: Stage): boolean | undefined {
  const base = rootBase(stage);
  const family = baseFamily(stage);
  if (family === 'scratch') return false;
  if (family === 'distroless') return base.kind === 'image' && /debug|-dev$/.test(base.ref.tag ?? '');
  return family === undefined ? undefined : true;
}

/** The package manager to use in a stage: the one its RUN lines use, else that of its family. */
export function packageManager(stage: Stage): ManagerName | undefined {
  const seen = managerSeen(stage);
  if (seen !== undefined) return seen;
  const base = rootBase(stage);
  const family = baseFamily(stage);
  if (family === 'debian' || family === 'ubuntu') return 'apt';
  if (family === 'alpine' || family === 'wolfi') return 'apk';
  if (family !== 'rhel') return undefined;
  return base.kind === 'image' && base.ref.repository.includes('minimal') ? 'microdnf' : 'dnf';
}

const familyOfManager: ReadonlyMap<ManagerName, Family> = new Map([
  ['apt', 'debian'],
  ['apk', 'alpine'],
  ['dnf', 'rhel'],
  ['yum', 'rhel'],
  ['microdnf', 'rhel'],
]);

function managerSeen(stage: Stage): ManagerName | undefined {
  for (const instruction of lineage(stage).flatMap((each) => each.instructions)) {
    const run = runOf(instruction);
    const manager = run === undefined ? undefined : managerUsed(run);
    if (manager !== undefined) return manager;
  }
  return undefined;
}

/** `ln -sf /bin/bash /bin/sh`, as people write who need bash in RUN lines. */
function linksShellToBash(stage: Stage): boolean {
  return lineage(stage).some((each) =>
    each.instructions.some((instruction) => {
      if (!instruction.args.includes('/bin/sh')) return false;
      return (runOf(instruction)?.script?.commands() ?? []).some(
        ({ name, words }) => name?.value === 'ln' && words.at(-1)?.value?.endsWith('/bin/sh') === true && words.some((word) => word.value?.endsWith('bash') === true),
      );
    }),
  );
}
