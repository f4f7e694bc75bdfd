import { readXml, type XmlElement } from './xml.ts';

/** What a .NET project file tells about what `dotnet publish` makes. */
export interface DotnetProject {
  readonly ecosystem: 'dotnet';
  /** `Microsoft.NET.Sdk.Web` for web applications. */
  readonly sdk: string | undefined;
  /** `net8.0`; the first of several. */
  readonly framework: string | undefined;
  /** Name of the main assembly where the file gives one; else it is the file's own name. */
  readonly assemblyName: string | undefined;
  readonly outputType: string | undefined;
  /** Something else than a plain text of this file decides the assembly's name. */
  readonly computesName: boolean;
  /** It carries the runtime along. */
  readonly selfContained: boolean;
  /** It needs no data of cultures. */
  readonly isInvariant: boolean;
  /** Names of NuGet packages. */
  readonly packages: readonly string[];
  /** Other projects and shared frameworks that it needs. */
  readonly references: readonly string[];
}

/** Undefined for what is no project. */
export function readCsproj(text: string): DotnetProject | undefined {
  const project = readXml(text);
  if (project?.name !== 'Project') return undefined;
  const property = (name: string): string | undefined => propertyOf(project, name);
  const isTrue = (name: string): boolean => property(name)?.toLowerCase() === 'true';
  return {
    ecosystem: 'dotnet',
    sdk: project.attributes.get('Sdk') ?? project.children.find(({ name }) => name === 'Sdk')?.attributes.get('Name'),
    framework: property('TargetFramework') ?? property('TargetFrameworks')?.split(';')[0],
    assemblyName: property('AssemblyName'),
    computesName: property('AssemblyName') === undefined && hasProperty(project, 'AssemblyName'),
    outputType: property('OutputType'),
    selfContained: isTrue('SelfContained') || isTrue('PublishAot'),
    isInvariant: isTrue('InvariantGlobalization'),
    packages: itemsOf(project, 'PackageReference'),
    references: [...itemsOf(project, 'ProjectReference'), ...itemsOf(project, 'FrameworkReference'), ...project.children.flatMap((child) => (child.name === 'Import' ? [child.attributes.get('Project') ?? ''] : []))],
  };
}

/** The first value that holds without a condition and without other properties in it. */
function propertyOf(project: XmlElement, name: string): string | undefined {
  const groups = project.children.filter((child) => child.name === 'PropertyGroup' && !child.attributes.has('Condition'));
  const values = groups.flatMap((group) => group.children.filter((child) => child.name === name && !child.attributes.has('Condition')));
  return values.map(({ text }) => text).find((text) => text !== '' && !text.includes('$('));
}

function hasProperty(project: XmlElement, name: string): boolean {
  return project.children.some((group) => group.name === 'PropertyGroup' && group.children.some((child) => child.name === name));
}

function itemsOf(project: XmlElement, name: string): readonly string[] {
  const groups = project.children.filter((child) => child.name === 'ItemGroup');
  return groups.flatMap((group) => group.children.filter((child) => child.name === name).flatMap((item) => item.attributes.get('Include') ?? []));
}
