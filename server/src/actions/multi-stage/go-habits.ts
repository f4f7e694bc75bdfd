import { isBuildPackage } from '../../engine/catalog/runtime-packages.ts';
import type { Habits } from './recipe.ts';

/** Directories that hold packages in projects laid out as most are. What is not here may be data, and is copied. */
const packages = new Set([
  'cmd', 'internal', 'pkg', 'vendor', 'src', 'lib', 'handler', 'handlers', 'controller', 'controllers', 'model', 'models', 'middleware', 'middlewares',
  'util', 'utils', 'common', 'core', 'domain', 'service', 'services', 'repository', 'repositories', 'route', 'routes', 'router', 'types', 'client', 'server',
  'proto', 'protos', 'pb', 'gen', 'genproto', 'tools', 'hack', 'scripts', 'test', 'tests', 'api', 'app', 'apis', 'entity', 'entities', 'dao',
]);

/** Verbs of `go` that keep to the module, its caches and GOPATH. `go run` is none: what it runs may do anything. */
const goVerbs: ReadonlySet<string> = new Set(['clean', 'doc', 'env', 'fix', 'fmt', 'generate', 'get', 'help', 'list', 'mod', 'telemetry', 'test', 'version', 'vet', 'work']);

/** The names of tools that `go install path@version` makes. */
function tools(args: readonly (string | undefined)[]): readonly string[] {
  return args.flatMap((arg) => {
    const path = /^([^@]+)@[^@]*$/.exec(arg ?? '')?.[1]?.replace(/\/v\d+$/, '');
    return path === undefined ? [] : [path.slice(path.lastIndexOf('/') + 1)];
  });
}

/** What surrounds a Go build: `go help environment`, the golang image, and the layout of Go projects. */
export const goHabits: Habits = {
  readsFolders: true,
  programs: new Set([
    'go', 'gofmt', 'goimports', 'golangci-lint', 'gox', 'goreleaser', 'dep', 'glide', 'godep', 'govendor', 'swag', 'wire', 'sqlc', 'templ', 'ginkgo', 'gotestsum',
    'mockgen', 'stringer', 'packr', 'packr2', 'rice', 'statik', 'go-bindata', 'oapi-codegen', 'govulncheck', 'staticcheck', 'garble', 'xgo', 'protoc-gen-go', 'gopls',
    'mockery', 'ko', 'air', 'dlv', 'errcheck', 'revive', 'gosec', 'controller-gen', 'deepcopy-gen', 'golint', 'godoc', 'pkgsite', 'gomobile', 'reflex', 'CompileDaemon', 'fresh', 'realize', 'benchstat',
  ]),
  isBuild: ({ name, args, environment }, products) => {
    if (name !== 'go') return true;
    const [verb, first = ''] = args;
    if (verb === 'build') return environment.get('GOOS') !== 'windows' && !args.some((arg) => /^(?:-buildmode=)?(?:c-\w+|plugin)$/.test(arg ?? ''));
    // A tool at a version of its own is no part of the project: only the build's own tools are known.
    if (verb === 'install') return tools(args).every((tool) => goHabits.programs.has(tool) || products.some(({ path }) => path.endsWith(`/${tool}`)));
    return verb === 'tool' ? goHabits.programs.has(first) : goVerbs.has(verb ?? '');
  },
  isBuildPackage,
  variables: (name) => /^(?:GO111MODULE|GOPROXY|GOPRIVATE|GONOPROXY|GONOSUMDB|GONOSUMCHECK|GOSUMDB|GOINSECURE|GOPATH|GOBIN|GOCACHE|GOMODCACHE|GOFLAGS|GOOS|GOARCH|GOARM|GOAMD64|GOROOT|GOTOOLCHAIN|GOTMPDIR|GOEXPERIMENT|GOVCS|CGO_\w+|CC|CXX|DEBIAN_FRONTEND|GOLANG_VERSION|GIT_TERMINAL_PROMPT)$/.test(name),
  directories: ['/go', '/usr/local/go', '/root'],
  isSource: (path) => {
    if (/(?:^|\/)(?:go\.(?:mod|sum|work|work\.sum|\*)|Makefile|LICENSE|README(?:\.md)?|[\w.*-]*\.go|[\w.*-]*\.(?:proto|mod|sum))$/.test(path)) return true;
    if (/(?:^|\/)\.(?:git|golangci\.ya?ml)$/.test(path) || /(?:^|\/)go\.\*$/.test(path)) return true;
    const top = path.replace(/\/$/, '').split('/')[0] ?? '';
    return packages.has(top) && !/\.[a-z]+$/.test(path);
  },
};
