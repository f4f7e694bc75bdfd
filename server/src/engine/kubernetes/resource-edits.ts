import { needsOf } from '../catalog/resource-needs.ts';
import { type FixOutcome, refused } from '../core/finding.ts';
import { message, type Text } from '../core/message.ts';
import { set } from '../yaml/edit.ts';
import type { Field } from '../yaml/field.ts';
import { inRoot, inSteps, rootOf } from '../yaml/steps.ts';
import { commandLine } from './command-line.ts';
import { cpuText, memoryText, parseQuantity } from './quantity.ts';
import type { ResourceGaps } from './resource-gaps.ts';
import type { Container } from './workload.ts';

const unread: Text = {
  en: '{path} cannot be read, so a limit might be lower than it. Write the limit by hand.',
  zh: '无法读取 {path}，写入的限制可能低于该值，请手动填写。',
};

/** Amounts to write: for each, its place below `resources`. */
export type Amounts = Readonly<Record<'requests.cpu' | 'requests.memory' | 'limits.cpu' | 'limits.memory', string | undefined>>;

/** Where `resources` goes in a container that has none: behind the ports and variables, as most files have it. */
const before = ['name', 'image', 'imagePullPolicy', 'command', 'args', 'workingDir', 'ports', 'envFrom', 'env'];

/**
 * What to write for what is missing: what the image usually needs; a limit of twice the request that is written; room
 * for the heap that the command line asks for. A refusal where a request that is written cannot be read.
 */
export function amountsFor(container: Container, gaps: ResourceGaps): Amounts | FixOutcome {
  const { cpu, memory } = needsOf(container.image);
  const requests = container.field.get('resources').get('requests');
  const unreadable = (['cpu', 'memory'] as const).map((key) => requests.get(key)).find((field, index) => {
    const isLimited = index === 0 ? gaps.cpuLimit : gaps.memoryLimit;
    return isLimited && !field.absent && parseQuantity(field.scalar) === undefined;
  });
  if (unreadable !== undefined) return refused(message(unread, { path: unreadable.path }));
  const [cpus, bytes] = [parseQuantity(requests.get('cpu').scalar), parseQuantity(requests.get('memory').scalar)];
  const heap = heapOf(commandLine(container));
  const wanted = heap === undefined ? memory : [memoryText(heap), memoryText(heap * 1.5)] as const;
  const least = heap === undefined ? 0 : heap * 1.5;
  return {
    'requests.cpu': gaps.cpuRequest ? cpu[0] : undefined,
    'requests.memory': gaps.memoryRequest ? wanted[0] : undefined,
    'limits.cpu': gaps.cpuLimit ? (cpus === undefined ? cpu[1] : cpuText(cpus * 2)) : undefined,
    'limits.memory': gaps.memoryLimit ? (bytes === undefined ? wanted[1] : memoryText(Math.max(bytes * 2, least))) : undefined,
  };
}

/** Writes the amounts into the container, in one edit. */
export function writeAmounts({ field }: Container, amounts: Amounts): FixOutcome {
  const resources = field.get('resources');
  const groups = (['requests', 'limits'] as const).map((group) => [group, amountsOf(amounts, group)] as const).filter(([, values]) => Object.keys(values).length > 0);
  // All at once where nothing is there yet: each step on its own reads the document again.
  if (resources.absent) return set(resources, Object.fromEntries(groups), { after: before });
  const steps = groups.flatMap(([group, values]) => {
    const target = resources.get(group);
    if (target.absent) return [(root: Field): FixOutcome => set(inRoot(target, root), values)];
    return Object.entries(values).map(([key, value]) => (root: Field): FixOutcome => set(inRoot(target, root).at(key), value));
  });
  return inSteps(rootOf(field), steps);
}

function amountsOf(amounts: Amounts, group: 'requests' | 'limits'): Readonly<Record<string, string>> {
  const written = (['cpu', 'memory'] as const).flatMap((key) => {
    const value = amounts[`${group}.${key}`];
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(written);
}

const heapUnits: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** The largest heap that a command line or its variables ask for, in bytes: Java's -Xmx, Node's --max-old-space-size. */
function heapOf(said: string): number | undefined {
  const [, java, unit = ''] = /-Xmx(\d+)([kmg])\b/i.exec(said) ?? [];
  if (java !== undefined) return Number(java) * (heapUnits[unit.toLowerCase()] ?? 1);
  const node = /--max[-_]old[-_]space[-_]size[= ](\d+)/.exec(said)?.[1];
  return node === undefined ? undefined : Number(node) * 2 ** 20;
}
