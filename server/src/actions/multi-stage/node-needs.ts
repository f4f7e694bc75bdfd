import {
  bringsBrowser, needsUnknownLibraries, packagesOfProgram, readsDotenv, readsProjectFiles, withCompanion,
} from '../../engine/catalog/node-modules.ts';
import type { RuntimeImage } from '../../engine/catalog/runtimes.ts';
import { startOf as engineStart } from '../../engine/dockerfile/start.ts';
import type { PackageJson } from '../../engine/workspace/build-files/package-json.ts';
import { preloadsOf } from './node-output.ts';
import { isPackageCommand, type PackageStart } from './node-start.ts';
import type { Plan, Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { variableAt, type Site } from './site.ts';
import { isScriptFile, type Start } from './start.ts';

/** Do packages of the program read files that lie beside the build output? Then the whole directory goes along. */
export function readsBeside({ context, workdir }: Site, json: PackageJson): boolean {
  const names = [...json.dependencies.keys()];
  return names.some(readsProjectFiles) || (names.some(readsDotenv) && context.presence(`${workdir ?? ''}/.env`) !== 'absent');
}

/** The first program or preloaded module that the packages of production would not hold. `isWhole`: the whole directory goes along. */
export function missingPackage(site: Site, start: Start, json: PackageJson | undefined, isWhole: boolean): Refusal | undefined {
  for (const argv of start.programs) {
    const { name = '?', program = name } = argv;
    const preloaded = name === 'node' ? preloadsOf(site, argv.args).flatMap((each) => /^(?:@[^/]+\/)?[^./@][^/]*/.exec(each)?.[0] ?? []) : [];
    const preload = preloaded.flatMap(withCompanion).find((each) => isDevelopment(json, each));
    if (preload !== undefined) return refuse('developmentPackage', { tool: preload });
    if (name === 'node' || !isWhole) continue;
    if (isScriptFile(argv) || json === undefined || program.includes('$')) return refuse('script', { program });
    const providers = packagesOfProgram(name);
    const provider = providers.find((each) => json.dependencies.has(each));
    const missing = provider === undefined ? providers.find((each) => isDevelopment(json, each)) : withCompanion(provider).find((each) => isDevelopment(json, each));
    if (missing !== undefined) return refuse('developmentPackage', { tool: provider === undefined ? name : missing });
    if (program !== name || provider === undefined) return refuse('tool', { tool: program });
    if (name === 'next' && isDevelopment(json, 'typescript') && mayHaveTypedConfig(site, json)) return refuse('nextConfig');
  }
  return undefined;
}

function isDevelopment(json: PackageJson | undefined, name: string): boolean {
  return json?.devDependencies.has(name) === true && !json.dependencies.has(name);
}

/** Next.js 15 and later know `next.config.ts`, and `next start` reads it with TypeScript (vercel/next.js#81798). */
function mayHaveTypedConfig({ steps }: Site, { dependencies }: PackageJson): boolean {
  const major = /\d+/.exec(dependencies.get('next') ?? '')?.[0];
  const named = steps.some(({ copy }) => copy?.sources.some(({ text }) => /(?:^|\/)next\.config\.m?js$/.test(text)) === true);
  return !named && (major === undefined || Number(major) >= 15);
}

/** The first package whose files or libraries the final stage would lack. `isFull`: the build image holds more than the final one. */
export function unsettledPackage({ steps }: Site, json: PackageJson, isFull: boolean): Refusal | undefined {
  const names = [...json.dependencies.keys()];
  const last = steps.at(-1)?.instruction;
  const skips = last !== undefined && ['PUPPETEER_SKIP_DOWNLOAD', 'PUPPETEER_SKIP_CHROMIUM_DOWNLOAD', 'PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD'].some((name) => /^(?:1|true)$/.test(variableAt(last, name) ?? ''));
  const browser = skips ? undefined : names.find(bringsBrowser);
  if (browser !== undefined) return refuse('browser', { name: browser });
  const unknown = isFull ? names.find(needsUnknownLibraries) : undefined;
  return unknown === undefined ? undefined : refuse('addon', { name: unknown });
}

/**
 * What CMD has to say where the final image lacks the package manager that it calls: the program of the script itself. npm is
 * part of every image, and so CMD stays.
 */
export function startCommand(site: Site, written: Start, followed: PackageStart | undefined, runtime: RuntimeImage): Plan['command'] | Refusal {
  const lead = written.programs.find((argv) => isPackageCommand(argv));
  if (lead?.name === undefined) return undefined;
  const added = site.steps.some(({ invocations }) => invocations.some(({ name, args }) => name === 'corepack' || (name === 'npm' && args.some((arg) => /^yarn(?:@|$)/.test(arg ?? '')))));
  const isThere = (name: string): boolean => runtime.programs?.includes(name) === true && !(name === 'yarn' && added);
  const missing = [lead.name, ...(followed?.managers ?? [])].find((name) => !isThere(name));
  if (missing === undefined) return undefined;
  const start = engineStart(site.stage);
  const [program] = followed?.programs ?? [];
  const command = start?.cmd ?? start?.entrypoint;
  const first = command?.form === 'exec' ? command.words[0] : start?.entrypoint === undefined || start.cmd === undefined ? command?.script?.commands()[0]?.name?.value : undefined;
  const isPlain = followed?.isPlain === true && first === lead.name && written.formShell !== undefined === (command?.form === 'shell');
  const words = program === undefined ? [] : [program.name === 'node' ? 'node' : `./node_modules/.bin/${program.name ?? ''}`, ...program.args];
  if (!isPlain || command === undefined || words.length < 2) return refuse('tool', { tool: missing });
  return { instruction: command.instruction, words: words.flatMap((word) => word ?? []) };
}
