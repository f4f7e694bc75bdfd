import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import type { Habits } from './recipe.ts';
import type { Invocation } from './site.ts';

/** Verbs of `dotnet` that keep to the project, its output and the caches. What `run`, `ef` and `msbuild` do is unknown. */
const verbs: ReadonlySet<string> = new Set(['restore', 'build', 'publish', 'test', 'clean', 'format', 'list', 'nuget', 'workload', 'build-server', 'sln', 'help', 'vstest']);
/** Tools that only builds use. Any other may be there for the running container. */
const tools = /^(?:dotnet-(?:ef|format|sonarscanner|coverage|reportgenerator-globaltool|warp|outdated-tool)|nbgv|gitversion\.tool|csharpier|swashbuckle\.aspnetcore\.cli|minver-cli|cyclonedx|libman|microsoft\.web\.librarymanager\.cli|paket|fake-cli|fantomas(?:-tool)?)$/i;

function isDotnetBuild({ args }: Invocation): boolean {
  const [verb = '', second] = args;
  if (verb === 'tool') return second === 'restore' || (second === 'install' && !args.includes('--tool-path') && args.slice(2).some((arg) => tools.test(arg ?? '')));
  return verb.startsWith('--') || verbs.has(verb);
}

const configuration = /^(?:[\w.*-]+\.(?:csproj|fsproj|vbproj|\*proj|sln|slnx|slnf|props|targets|cs|fs|fsi|vb|razor|cshtml|proto|resx|ruleset)|\*\.\w*proj|nuget\.config|global\.json|packages\.lock\.json|paket\.\w+|\.editorconfig|\.globalconfig|\.git\w*|\.dockerignore|LICENSE|README(?:\.md)?|Makefile)$/i;

/** What surrounds a .NET build: the SDK's options and files (learn.microsoft.com/dotnet/core/tools). */
export const dotnetHabits: Habits = {
  programs: new Set(['dotnet', 'nuget', 'msbuild', 'nbgv', 'paket']),
  isBuild: (invocation) => invocation.name === 'nbgv' || (invocation.name === 'dotnet' && isDotnetBuild(invocation)),
  // System.Drawing finds libdl.so in libc6-dev.
  isBuildPackage: (name) => name !== 'libc6-dev' && isBuildPackage(name),
  variables: (name) => /^(?:DOTNET_CLI_\w+|DOTNET_NOLOGO|DOTNET_SKIP_FIRST_TIME_EXPERIENCE|DOTNET_GENERATE_ASPNET_CERTIFICATE|NUGET_\w+|MSBUILD\w*|DEBIAN_FRONTEND|VSS_NUGET_\w+|CONFIGURATION|BUILD_CONFIGURATION)$/.test(name),
  directories: ['/root', '/usr/share/dotnet'],
  isSource: (path) => {
    const plain = path.replace(/\/$/, '');
    return /^(?:\.?\/?)?(?:src|tests?|Properties|\.config|\.nuget)(?:\/|$)/.test(plain) && !/\.(?:json|ya?ml|xml|pfx|pem)$/.test(plain) ? true : configuration.test(plain.slice(plain.lastIndexOf('/') + 1));
  },
};
