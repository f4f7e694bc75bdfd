import { describe, expect, it } from 'vitest';
import { readCmake, readMakefile } from '../../server/src/engine/workspace/build-files/c-project.ts';
import { readCargoLock } from '../../server/src/engine/workspace/build-files/cargo-lock.ts';
import { readCargoToml } from '../../server/src/engine/workspace/build-files/cargo.ts';
import { readCsproj } from '../../server/src/engine/workspace/build-files/csproj.ts';
import { programName, readGoMod } from '../../server/src/engine/workspace/build-files/go-mod.ts';
import { readGradle } from '../../server/src/engine/workspace/build-files/gradle.ts';
import { readMixExs } from '../../server/src/engine/workspace/build-files/mix-exs.ts';
import { readPackageJson } from '../../server/src/engine/workspace/build-files/package-json.ts';
import { readPom } from '../../server/src/engine/workspace/build-files/pom.ts';
import { readPyproject } from '../../server/src/engine/workspace/build-files/pyproject.ts';
import { readToml } from '../../server/src/engine/workspace/build-files/toml.ts';
import { elementAt, readXml } from '../../server/src/engine/workspace/build-files/xml.ts';

it('package.json', () => {
  const read = readPackageJson('\ufeff{"name":"web","type":"module","main":"dist/a.js","packageManager":"pnpm@9","engines":{"node":">=20"},"workspaces":["a"],"scripts":{"build":"tsc","bad":1},"dependencies":{"sharp":"1"},"optionalDependencies":{"bcrypt":"2"},"devDependencies":{"typescript":"5"}}');
  expect(read).toMatchObject({ ecosystem: 'node', name: 'web', type: 'module', main: 'dist/a.js', packageManager: 'pnpm@9', node: '>=20', hasWorkspaces: true });
  expect([...(read?.scripts ?? [])]).toEqual([['build', 'tsc']]);
  expect([...(read?.dependencies.keys() ?? [])].sort()).toEqual(['bcrypt', 'sharp']);
  expect(['[]', '{', '', 'null', '1'].map(readPackageJson)).toEqual(Array(5).fill(undefined));
  expect(readPackageJson('{"scripts":[],"engines":1}')).toMatchObject({ scripts: new Map(), node: undefined });
});

it('go.mod', () => {
  const read = readGoMod('// head\nmodule example.com/shop/api/v2 // why\r\n\ngo 1.24.3\ntoolchain go1.25\nrequire github.com/a/b v1.0.0\nrequire (\n\tgithub.com/mattn/go-sqlite3 v1.14.22 // indirect\n)\nreplace (\n\tx => y\n)\n');
  expect(read).toMatchObject({ module: 'example.com/shop/api/v2', go: '1.24.3' });
  expect([...(read?.requires ?? [])]).toEqual([['github.com/a/b', 'v1.0.0'], ['github.com/mattn/go-sqlite3', 'v1.14.22']]);
  expect(readGoMod('module "quoted/x"\n')?.module).toBe('quoted/x');
  expect(readGoMod('go 1.24\n')).toBeUndefined();
  expect(['example.com/shop/api/v2', 'example.com/shop/api', 'app', 'v2'].map(programName)).toEqual(['api', 'api', 'app', 'v2']);
});

describe('pom.xml', () => {
  it('with properties', () => {
    expect(readPom(`<?xml version="1.0"?>
<!DOCTYPE project>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <!-- <artifactId>no</artifactId> -->
  <parent><artifactId>spring-boot-starter-parent</artifactId><version>3.4.1</version></parent>
  <artifactId>shop</artifactId>
  <properties><java.version>21</java.version><name>\${artifactId}</name></properties>
  <modules><module>api</module><module>web</module></modules>
  <build>
    <finalName>\${name}-app</finalName>
    <plugins><plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin></plugins>
  </build>
</project>`)).toEqual({
      ecosystem: 'maven', artifactId: 'shop', version: '3.4.1', packaging: 'jar', finalName: 'shop-app', java: '21', modules: ['api', 'web'],
      plugins: ['spring-boot-maven-plugin'], parent: 'spring-boot-starter-parent',
    });
  });

  it('with defaults, and with what this file does not say', () => {
    expect(readPom('<project><artifactId>a</artifactId><version>1.0</version><packaging>war</packaging></project>')).toMatchObject({ finalName: 'a-1.0', packaging: 'war', java: undefined });
    expect(readPom('<project><artifactId>a</artifactId><version>${revision}</version></project>')).toMatchObject({ version: undefined, finalName: undefined });
    expect(readPom('<project><artifactId>a</artifactId><properties><a>${b}</a><b>${a}</b></properties><build><finalName>${a}</finalName></build></project>')?.finalName).toBeUndefined();
    expect(readPom('<project><artifactId>a</artifactId><properties><maven.compiler.target>1.8</maven.compiler.target></properties></project>')?.java).toBe('8');
    expect(['', '<a/>', '<project/>', 'text'].map(readPom)).toEqual(Array(4).fill(undefined));
  });
});

it('a .NET project', () => {
  expect(readCsproj('<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup Condition="\'$(A)\' > \'1\'"><AssemblyName>no</AssemblyName></PropertyGroup><PropertyGroup><TargetFrameworks>net8.0;net9.0</TargetFrameworks><AssemblyName>Shop</AssemblyName><SelfContained>True</SelfContained></PropertyGroup></Project>'))
    .toMatchObject({ ecosystem: 'dotnet', sdk: 'Microsoft.NET.Sdk.Web', framework: 'net8.0', assemblyName: 'Shop', computesName: false, outputType: undefined, selfContained: true, isInvariant: false });
  expect(readCsproj('<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><AssemblyName>$(Prefix).Api</AssemblyName><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup><ItemGroup><PackageReference Include="Npgsql" Version="9"/></ItemGroup><ItemGroup Condition="x"><ProjectReference Include="a.csproj"/><FrameworkReference Include="Microsoft.AspNetCore.App"/></ItemGroup><Import Project="b.props"/></Project>'))
    .toMatchObject({ assemblyName: undefined, computesName: true, isInvariant: true, packages: ['Npgsql'], references: ['a.csproj', 'Microsoft.AspNetCore.App', 'b.props'] });
  expect(readCsproj('<project/>')).toBeUndefined();
});

it('Gradle files', () => {
  const settings = readGradle(`\ufeff/* rootProject.name = 'no' */
// include 'no'
rootProject.name = "shop"
include ':api', 'libs:core' // why
include(
  "web",
  "jobs:mail"
)`);
  expect(settings).toMatchObject({ name: 'shop', projects: ['api', 'libs/core', 'web', 'jobs/mail'], version: undefined, renames: false });
  const build = readGradle("plugins {\n  id 'java'\n  id(\"com.gradleup.shadow\") version '8.3.5'\n}\nversion = '1.2.0'\nrepositories { maven { url 'https://repo.example.com' } }\njava { sourceCompatibility = JavaVersion.VERSION_1_8 }\n");
  expect(build).toMatchObject({ plugins: ['java', 'com.gradleup.shadow'], version: '1.2.0', java: '8', renames: false, hasClassPath: false });
  expect(readGradle('ktor_version=3.0.3\nversion=2.0.0-SNAPSHOT\n')).toMatchObject({ version: '2.0.0-SNAPSHOT', renames: false });
  expect(['version = "$base.1"', 'version = gitVersion()', 'bootJar { archiveFileName = "app.jar" }'].map((text) => readGradle(text)?.renames)).toEqual([true, true, true]);
  expect(readGradle('version = base\nkotlin { jvmToolchain(21) }\njar { manifest { attributes("Class-Path": x) } }')).toMatchObject({ version: undefined, java: '21', hasClassPath: true });
  expect(readGradle('java { toolchain { languageVersion = JavaLanguageVersion.of(17) } }')?.java).toBe('17');
  expect(readGradle(' '.repeat(400_000))).toBeUndefined();
});

it('mix.exs', () => {
  const project = readMixExs(`defmodule Shop.MixProject do
  # app: :no
  def project do
    [app: :shop, version: "0.1.0", releases: releases(), deps: deps()]
  end
  def application, do: [mod: {Shop, []}, extra_applications: [:logger, :odbc]]
  defp releases do
    [web: [include_executables_for: [:unix], applications: [shop: :permanent]], worker: []]
  end
  defp deps do
    [{:phoenix, "~> 1.7"}, # {:no, "1"}
     {:ecto_sql, github: "elixir-ecto/ecto_sql"}]
  end
end`);
  expect(project).toEqual({ ecosystem: 'elixir', app: 'shop', releases: ['web', 'worker'], deps: ['phoenix', 'ecto_sql'], applications: ['logger', 'odbc'], withoutErlang: false });
  expect(readMixExs('[app: :a, releases: [b: [include_erts: false]]]')).toMatchObject({ releases: ['b'], withoutErlang: true });
  expect(readMixExs('[app: :a, releases: [b: [include_erts: true]]]')).toMatchObject({ withoutErlang: false, deps: [] });
  expect(['', '[apps_path: "apps"]', ' '.repeat(400_000)].map(readMixExs)).toEqual([undefined, undefined, undefined]);
});

describe('XML', () => {
  it('is read where it is half typed, and expands nothing', () => {
    expect(elementAt(readXml('<a><b>x</c><d e="1>2" f=\'&lt;&bad;\'/>'), 'b', 'd')?.attributes).toEqual(new Map([['e', '1>2'], ['f', '<&bad;']]));
    expect(elementAt(readXml('<a><b><![CDATA[<x>]]>&amp;</b>'), 'b')?.text).toBe('<x>&');
    expect(readXml('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')?.text).toContain('&x;');
  });

  it('ends on anything', () => {
    for (const text of ['<', '<a', '<!--', '<![CDATA[', '</a>', '<a "', '<'.repeat(10_000), '<a>'.repeat(10_000), '<a b="'.repeat(1_000)]) expect(() => readXml(text)).not.toThrow();
  });
});

it('Cargo.lock', () => {
  const text = 'version = 4\r\n\r\n[[package]]\r\nname = "openssl-sys"\r\nversion = "0.9.1"\r\ndependencies = [\r\n "cc",\r\n "libc 0.2.1",\r\n]\r\n\r\n[[package]]\r\nname = "libc"\r\n';
  expect([...(readCargoLock(text)?.crates ?? [])]).toEqual([['openssl-sys', ['cc', 'libc']], ['libc', []]]);
  expect(readCargoLock('version = 4\n')).toBeUndefined();
});

it('CMakeLists.txt and Makefile', () => {
  expect(readCmake('# add_library(x SHARED)\nfind_package(OpenSSL REQUIRED)\nadd_subdirectory(src/core)\nadd_library(x STATIC x.c)\n')).toMatchObject({ makesShared: false, packages: ['OpenSSL'], folders: ['src/core'] });
  expect(readCmake('add_library(\n  ${NAME}\n  SHARED x.c)')).toMatchObject({ makesShared: true });
  expect(readCmake('set(BUILD_SHARED_LIBS ON)').makesShared).toBe(true);
  expect(readMakefile('LDLIBS = -lssl -lm # -lpq\napp: a.o\n\t$(CC) -fopenmp -o $@ $^ $(LDLIBS)\n')).toMatchObject({ makesShared: false, linked: ['ssl', 'm', 'gomp'] });
  expect(readMakefile('libx.so: x.o\n\t$(CC) -shared -o $@ $^\n').makesShared).toBe(true);
});

it('Cargo.toml', () => {
  expect(readCargoToml('[package]\nname = "api" # why\ndefault-run = \'api\'\n\n[[bin]]\nname = "worker"\n[dependencies]\ntokio = { version = "1", features = [\n  "full", # all\n] }\nserde.workspace = true\n[dependencies.sqlx]\nversion = "0.8"\n'))
    .toEqual({ ecosystem: 'rust', name: 'api', bins: ['worker'], defaultRun: 'api', members: undefined, dependencies: ['tokio', 'serde', 'sqlx'] });
  expect(readCargoToml('[workspace]\nmembers = ["a", "b/*"]\n')).toMatchObject({ name: undefined, members: ['a', 'b/*'] });
  expect(readCargoToml('x = 1')).toBeUndefined();
});

it('pyproject.toml', () => {
  expect(readPyproject('[project]\nname = "web"\nrequires-python = ">=3.12"\ndependencies = [\n  "uvicorn[standard]>=0.30",\n  \'psycopg2 ; python_version > "3.9"\',\n]\n[project.scripts]\nserve = "web:main"\n[build-system]\nbuild-backend = "hatchling.build"\n[tool.uv]\n[tool.uv.sources]\n'))
    .toEqual({ ecosystem: 'python', name: 'web', requiresPython: '>=3.12', buildBackend: 'hatchling.build', tools: ['uv'], dependencies: ['uvicorn', 'psycopg2'], scripts: ['serve'] });
  expect(readPyproject('[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.11"\nflask = "*"\n')).toMatchObject({ name: 'x', requiresPython: '^3.11', tools: ['poetry'], dependencies: ['flask'] });
});

describe('TOML', () => {
  it('is read by tables', () => {
    const tables = readToml('a.b = "x\\"y"\n"quoted key" = 1_000\n[ t . "u.v" ]\nlong = """\nline\n"""\nlist = [[1], [], ["a",]]\nflag = true\ndate = 1979-05-27\n');
    expect(tables.map(({ name }) => name)).toEqual(['', 't.u.v']);
    expect([...(tables[0]?.table.keys ?? [])]).toEqual([['a.b', 'x"y'], ['quoted key', 1000]]);
    expect([...(tables[1]?.table.keys ?? [])]).toEqual([['long', 'line\n'], ['list', [[1], [], ['a']]], ['flag', true], ['date', undefined]]);
  });

  it('ends on anything, in little time', () => {
    const start = performance.now();
    for (const text of ['[', 'a', 'a=', 'a=[', 'a={', 'a={b', '"', 'a="""', `a = ${'['.repeat(50_000)}`, `[${' '.repeat(100_000)}`, `a = [${'1 '.repeat(50_000)}`, 'a = {'.repeat(10_000)]) expect(() => readToml(text)).not.toThrow();
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

it('the longest values neither end the reading nor hold it up', () => {
  const start = performance.now();
  expect(readToml(`a = "${'\\"'.repeat(500_000)}"\n`)[0]?.table.keys.get('a')).toBe('"'.repeat(500_000));
  expect(readPom(`<project><artifactId>a</artifactId><properties><a>${'x'.repeat(1_000_000)}</a></properties><version>${'${a}'.repeat(100)}</version></project>`)?.version).toBeUndefined();
  expect(readGoMod(`module a\n${' '.repeat(1_000_000)}x\n`)?.module).toBe('a');
  expect(performance.now() - start).toBeLessThan(5_000);
});
