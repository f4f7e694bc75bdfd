import { edits, refused, type DocumentEdit, type FixOutcome } from '../../engine/core/finding.ts';
import { deleteInstruction, insertAfter } from '../../engine/dockerfile/edit.ts';
import { resolvePath, stageFacts } from '../../engine/dockerfile/facts.ts';
import type { Instruction, Stage } from '../../engine/dockerfile/model.ts';
import { argvOf, resolveArgv, type Argv } from '../../engine/shell/argv.ts';
import { shellScriptOf, type Command } from '../../engine/dockerfile/command.ts';
import type { BuildContext } from '../../engine/workspace/build-context.ts';
import { contextFiles } from './context-files.ts';
import { nameStage } from './convert.ts';
import { rootBase } from '../../engine/dockerfile/view.ts';
import { officialImage } from './images.ts';
import { isBundling } from './node-output.ts';
import { managerOf } from './node-packages.ts';
import { packageJsonOf, packageStart } from './node-start.ts';
import { isRefusal, type Refusal } from './recipe.ts';
import { refuse } from './reasons.ts';
import { siteOf, variableAt, type Site } from './site.ts';
import { startOf, type Start } from './start.ts';

/** docker-library/official-images `library/nginx` of 2026-08-21: the stable series. */
const nginx = 'nginx:1.30-alpine';

/** A server of files that has no place in production: what it serves, and where it listens. */
interface Served {
  /** As written, by the working directory. */
  readonly directory: string;
  readonly port: number;
  /** Paths without a file get the start page. */
  readonly fallsBack: boolean;
}

/**
 * Has nginx serve what a development server (Vite's preview, `serve`, Create React App) serves now. Nobody is pressed to: the
 * server's proxies, headers and variables of the running container do not go along. Undefined for other programs.
 */
export function serveByNginx(stage: Stage, build?: BuildContext): FixOutcome | undefined {
  const root = rootBase(stage);
  const start = root.kind === 'image' && officialImage(root.ref) === 'node' ? startOf(stage) : undefined;
  if (start === undefined) return undefined;
  const site = siteOf(stage, build === undefined ? undefined : (steps) => contextFiles(steps, build));
  const served = servedBy(site, start);
  if (served === undefined) return undefined;
  if (isRefusal(served)) return refused(served.refused);
  const list = editsFor(site, served);
  return isRefusal(list) ? refused(list.refused) : edits(list);
}

function servedBy(site: Site, start: Start): Served | Refusal | undefined {
  const json = packageJsonOf(site);
  const followed = json === undefined ? undefined : packageStart(start, json);
  const programs = followed === undefined || isRefusal(followed) ? start.programs : followed.programs;
  const [program] = programs;
  if (program === undefined || programs.length > 1 || start.moves) return undefined;
  const { exposed } = stageFacts(site.stage);
  const [only, second] = exposed;
  const last = site.steps.at(-1)?.instruction;
  const port = (usual: number, ...options: readonly string[]): number => {
    const given = Number(optionOf(program, ...options)?.replace(/^.*:/, '') ?? (last === undefined ? undefined : variableAt(last, 'PORT')) ?? NaN);
    return Number.isInteger(given) ? given : second === undefined && only !== undefined ? only.port : usual;
  };
  const [verb = '', second_ = ''] = operandsOf(program);
  const output = outputOf(site);
  switch (program.name ?? '') {
    case 'npm':
    case 'yarn':
    case 'pnpm':
      // The script that Vite's templates have; any other has to be read.
      return json === undefined && (verb === 'preview' || (verb === 'run' && second_ === 'preview')) ? { directory: output ?? 'dist', port: port(4173, '--port'), fallsBack: true } : undefined;
    case 'vite':
      return ['preview', 'dev', 'serve', ''].includes(verb) ? { directory: optionOf(program, '--outDir') ?? output ?? 'dist', port: port(verb === 'preview' ? 4173 : 5173, '--port'), fallsBack: true } : undefined;
    case 'react-scripts':
      return verb === 'start' ? { directory: 'build', port: port(3000), fallsBack: true } : undefined;
    case 'vue-cli-service':
      return verb === 'serve' ? { directory: output ?? 'dist', port: port(8080, '--port'), fallsBack: true } : undefined;
    case 'ng':
      return ['serve', 's', 'dev', 'start'].includes(verb) ? output === undefined ? refuse('outputUnknown', { command: 'ng build' }) : { directory: output, port: port(4200, '--port'), fallsBack: true } : undefined;
    case 'serve':
    case 'http-server':
      return verb === '' || verb === '.' ? undefined : { directory: verb, port: port(program.name === 'serve' ? 3000 : 8080, '-l', '--listen', '-p', '--port'), fallsBack: program.args.some((arg) => /^(?:-s|--single)$/.test(arg ?? '')) };
    default:
      return undefined;
  }
}

function optionOf({ args }: Argv, ...names: readonly string[]): string | undefined {
  const at = args.findIndex((arg, index) => names.includes(args[index - 1] ?? '') && arg !== undefined);
  return at >= 0 ? args[at] : args.flatMap((arg) => names.flatMap((name) => (arg?.startsWith(`${name}=`) === true ? [arg.slice(name.length + 1)] : [])))[0];
}

function operandsOf({ args }: Argv): readonly string[] {
  const valued = new Set(['-l', '--listen', '-p', '--port', '--host', '--outDir', '-c', '--config', '-m', '--mode', '-a']);
  return args.flatMap((arg, index) => (arg === undefined || arg.startsWith('-') || valued.has(args[index - 1] ?? '') ? [] : [arg]));
}

/** The directory that a build command of the file names. */
function outputOf(site: Site): string | undefined {
  const commands = site.steps.flatMap(({ invocations }) => invocations.filter(isBundling));
  return commands.map(({ argv }) => optionOf(argv, '--outDir', '--output-path', '--dest')).find((each) => each !== undefined);
}

/** What only the finished image is about: behind the build it stays, above it moves along. */
const carried: ReadonlySet<string> = new Set(['LABEL', 'EXPOSE', 'HEALTHCHECK', 'MAINTAINER']);
/** What only the development server needs. */
const dropped: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'ENV', 'ARG', 'WORKDIR', 'USER', 'STOPSIGNAL', 'SHELL']);

function editsFor(site: Site, { directory, port, fallsBack }: Served): readonly DocumentEdit[] | Refusal {
  const { stage, workdir } = site;
  const { user, volumes, healthcheck } = stageFacts(stage);
  const path = workdir === undefined ? undefined : resolvePath(workdir, directory);
  const last = site.steps.findLastIndex(({ own, run, copy }) => own && (run ?? copy) !== undefined);
  const cut = site.steps[last]?.instruction;
  if (path === undefined || path === '/' || cut === undefined) return refuse('workdir');
  if (user !== undefined && !/^(?:root|0)(?::|$)/.test(user.value ?? '')) return refuse('nginxUser', { user: user.value ?? 'USER' });
  if (volumes.length > 0) return refuse('nginxVolume', { path: volumes[0]?.value ?? '' });
  const tool = toolsOf(healthcheck?.command).find((name) => !['curl', 'wget', 'sh', 'exit', 'true', 'false', 'test', '['].includes(name));
  if (tool !== undefined) return refuse('tool', { tool });
  const finish = buildLine(site);
  if (finish !== undefined && typeof finish !== 'string') return finish;
  const own = stage.instructions;
  const moved = own.filter((each) => each.index < cut.index && carried.has(each.keyword));
  const gone = own.filter((each) => (each.index > cut.index && dropped.has(each.keyword)) || (each.index < cut.index && (each.keyword === 'CMD' || each.keyword === 'ENTRYPOINT')));
  const { build, edits: named } = nameStage(site);
  const textsOf = ({ span, comments, file: { source } }: Instruction): readonly string[] => [...comments.map((each) => source.slice(each.span)), ...source.slice(span).split(/\r?\n/)];
  const lines = [
    ...(finish === undefined ? [] : [`RUN ${finish}`]),
    '',
    `FROM ${nginx}`,
    "COPY <<'NGINX' /etc/nginx/conf.d/default.conf",
    'server {',
    `  listen ${String(port)};`,
    '  root /usr/share/nginx/html;',
    `  location / { try_files $uri ${fallsBack ? '$uri/ /index.html' : '$uri.html $uri/ =404'}; }`,
    '}',
    'NGINX',
    `COPY --from=${build} ${path} /usr/share/nginx/html`,
    ...moved.flatMap(textsOf),
  ];
  return [...named, insertAfter(cut, lines), ...[...moved, ...gone].sort((a, b) => a.index - b.index).map((each) => deleteInstruction(each, { comments: true }))];
}

function toolsOf(command: Command | undefined): readonly string[] {
  if (command === undefined) return [];
  const called = shellScriptOf(command)?.commands().map((each) => argvOf(each)) ?? (command.form === 'exec' ? [resolveArgv(command.words)] : []);
  return called.flatMap(({ name }) => name ?? []);
}

/** The command that builds, where the file itself has none: the script of package.json. */
function buildLine(site: Site): string | undefined | Refusal {
  if (site.steps.some(({ invocations }) => invocations.some(isBundling))) return undefined;
  const manager = managerOf(site);
  if (isRefusal(manager)) return manager;
  const script = packageJsonOf(site)?.scripts.get('build');
  if (script === undefined) return refuse('noBuild');
  if (/outDir|BUILD_PATH|--dest/.test(script)) return refuse('outputUnknown', { command: script });
  return manager.manager === 'npm' ? 'npm run build' : `${manager.manager} build`;
}
