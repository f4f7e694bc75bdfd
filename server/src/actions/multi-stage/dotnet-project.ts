import { resolvePath } from '../../engine/dockerfile/facts.ts';
import type { DotnetProject } from '../../engine/workspace/build-files/csproj.ts';
import { directoryOf, isWithin, nameOf } from './paths.ts';
import type { Invocation, Site, Step } from './site.ts';

/** One `dotnet publish`. */
export interface Publish {
  readonly step: Step;
  readonly invocation: Invocation;
  /** Where `-o` puts the result; undefined where there is none, or where only the build knows it. */
  readonly output: string | undefined;
  readonly hasOutput: boolean;
  /** The folder of the project; undefined for a solution. */
  readonly folder: string | undefined;
  /** The project file, where the command or the build context names it. */
  readonly file: string | undefined;
  readonly project: DotnetProject | undefined;
}

const isProjectFile = (path: string): boolean => /\.(?:cs|fs|vb)proj$/.test(path);

/** Options with a value in the next word. */
const valued: ReadonlySet<string> = new Set(['-o', '--output', '-c', '--configuration', '-r', '--runtime', '-f', '--framework', '-v', '--verbosity', '--version-suffix', '--os', '-a', '--arch', '--manifest', '-p', '--property', '--artifacts-path', '-s', '--source', '--configfile', '--disable-build-servers']);

/** The value of an option, in each way that `dotnet` takes it: `-o out`, `-o=out`, `--output:out`. `undefined` in it: only a build knows it. */
export function optionOf(args: Invocation['args'], ...names: readonly string[]): { readonly value: string | undefined } | undefined {
  const at = args.findIndex((arg) => arg !== undefined && names.includes(arg));
  if (at >= 0) return { value: args[at + 1] };
  const joined = args.flatMap((arg) => names.flatMap((name) => (arg !== undefined && new Set([`${name}=`, `${name}:`]).has(arg.slice(0, name.length + 1)) ? [arg.slice(name.length + 1)] : [])))[0];
  return joined === undefined ? undefined : { value: joined };
}

/** Does a property of MSBuild say yes, as `-p:PublishAot=true`? */
export function isPropertySet(args: Invocation['args'], name: string): boolean {
  return args.some((arg) => arg?.toLowerCase().replace(/^(?:\/|--?)(?:p|property):/, '') === `${name.toLowerCase()}=true`);
}

export function publishesOf(site: Site): readonly Publish[] {
  return site.steps.flatMap((step) => step.invocations.flatMap((invocation) => (invocation.name === 'dotnet' && invocation.args[0] === 'publish' ? [publishOf(site, step, invocation)] : [])));
}

function publishOf(site: Site, step: Step, invocation: Invocation): Publish {
  const { args, directory } = invocation;
  const option = optionOf(args, '-o', '--output', '-p:PublishDir', '/p:PublishDir', '--property:PublishDir');
  const operand = args.slice(1).find((arg, index) => arg !== undefined && !/^[-/](?:-|\w+[:=]|\w$)/.test(arg) && !valued.has(args[index] ?? ''));
  const given = operand === undefined ? directory : resolvePath(directory, operand);
  const isFile = given !== undefined && isProjectFile(given);
  const folder = given === undefined || /\.slnx?$/.test(given) ? undefined : isFile ? directoryOf(given) : given;
  const only = folder === undefined || isFile ? [] : site.context.names(folder).filter(isProjectFile);
  const file = isFile ? given : folder !== undefined && only.length === 1 ? resolvePath(folder, only[0] ?? '') : undefined;
  const known = file === undefined ? undefined : site.context.file(file);
  return {
    step, invocation, hasOutput: option !== undefined,
    output: option?.value === undefined ? undefined : resolvePath(directory, option.value),
    folder, file, project: known?.ecosystem === 'dotnet' ? known : undefined,
  };
}

/** The directory of a publish that holds the file; undefined where none is sure to. */
export function publishedIn(publishes: readonly Publish[], path: string): { readonly publish: Publish; readonly directory: string } | undefined {
  const named = publishes.findLast(({ output }) => output !== undefined && isWithin(output, path));
  if (named?.output !== undefined) return { publish: named, directory: named.output };
  const directory = /^(.*\/(?:bin\/[^/]+\/net[\w.-]+\/(?:[\w.-]+\/)?publish|artifacts\/publish\/[^/]+\/[\w.-]+))\/[^/]+$/.exec(path)?.[1];
  const plain = publishes.findLast(({ hasOutput, folder }) => !hasOutput && directory !== undefined && (folder === undefined || isWithin(folder, directory) || directory.includes('/artifacts/')));
  return directory === undefined || plain === undefined ? undefined : { publish: plain, directory };
}

/** The name of the program's assembly, where nothing but the project file decides it. */
export function assemblyOf({ file, project }: Publish): string | undefined {
  if (file === undefined || project === undefined || project.computesName) return undefined;
  return project.assemblyName ?? nameOf(file).replace(/\.\w+$/, '');
}

/** Packages that need no more than the runtime; any other may bring ASP.NET Core along. */
const plain = /^(?:System\.|Microsoft\.Extensions\.|Microsoft\.EntityFrameworkCore|Microsoft\.Data\.|Newtonsoft\.Json|Serilog(?:\.(?:Sinks|Settings|Extensions|Formatting)\.\w+)?$|NLog$|Npgsql|Dapper|CommandLineParser|Spectre\.Console|RabbitMQ\.Client|StackExchange\.Redis|Polly|Confluent\.Kafka|MongoDB\.|MySqlConnector|FluentValidation$|AutoMapper$|Humanizer|CsvHelper|YamlDotNet|FSharp\.)/;

/** Is it sure to need no more than the runtime: a console program or a worker whose references are all known? */
export function isPlainProgram({ project }: Publish, site: Site): boolean {
  if (project === undefined || (project.sdk !== 'Microsoft.NET.Sdk' && project.sdk !== 'Microsoft.NET.Sdk.Worker')) return false;
  if (project.references.length > 0 || !project.packages.every((name) => plain.test(name))) return false;
  return !site.steps.some(({ workdir }) => workdir !== undefined && site.context.names(workdir).includes('Directory.Build.props'));
}
