import { type Config, type RuleLevel, type WorkloadFlavour } from './config.ts';
import type { Text } from './message.ts';

/** The files a configuration is looked for in; the first of a folder counts. */
export const configNames = ['.podwright.yaml', '.podwright.yml'] as const;

/** Levels as people write them, and what they are here. `information` is understood too, as the editors call it. */
export const levelWords: Readonly<Record<string, RuleLevel>> = {
  off: 'off',
  hint: 'hint',
  info: 'information',
  information: 'information',
  warning: 'warning',
  error: 'error',
};

export const environments: readonly Config['environment'][] = ['auto', 'production', 'development'];

export const flavours: readonly WorkloadFlavour[] = ['service', 'batch', 'partial', 'skip'];

/** `1.35`, with or without `v` and a patch release. Minor versions below 16 had no field that any rule writes. */
export const versionPattern = /^v?1\.([1-9][0-9])(?:\.[0-9]+)?$/;
export const oldestVersion = 16;

/** What one key of the file is for, and what may stand there: the editor's schema and the documentation are made of it. */
export interface ConfigKey {
  readonly name: keyof Config;
  readonly description: Text;
  /** JSON Schema, draft 7: the draft that YAML editors know best. */
  readonly schema: Readonly<Record<string, unknown>>;
}

const level = { enum: ['off', 'hint', 'info', 'warning', 'error'] };

/** In the order in which the documentation lists them. */
export const configKeys: readonly ConfigKey[] = [
  {
    name: 'environment',
    description: {
      en: 'Where these files are used. Some advice, such as pinned image tags, is for production only. "auto" tells by path, namespace and file name.',
      zh: '这些文件用于哪种环境。部分建议（例如固定镜像标签）只针对生产环境。“auto” 会根据路径、命名空间和文件名判断。',
    },
    schema: { enum: [...environments], default: 'auto' },
  },
  {
    name: 'kubernetesVersion',
    description: {
      en: 'The version of the cluster, such as "1.35". Fixes use no field that it does not know.',
      zh: '集群的 Kubernetes 版本，例如 "1.35"。修复不会使用该版本不支持的字段。',
    },
    schema: { type: ['string', 'number'], default: '1.35', examples: ['1.35'] },
  },
  {
    name: 'cpuLimits',
    description: {
      en: 'Whether containers are asked for a CPU limit, beside the memory limit.',
      zh: '除内存限制外，是否还要求容器设置 CPU 限制。',
    },
    schema: { type: 'boolean', default: false },
  },
  {
    name: 'rules',
    description: {
      en: 'The level of each rule: off, hint, info, warning or error. Rules that are not listed decide by what they see.',
      zh: '每条规则的级别：off、hint、info、warning 或 error。未列出的规则会根据证据自行决定级别。',
    },
    schema: { type: 'object', additionalProperties: level },
  },
  {
    name: 'ignore',
    description: {
      en: 'Files that are not checked: patterns as in .gitignore, relative to this file.',
      zh: '不检查的文件：写法与 .gitignore 相同，相对于本文件所在目录。',
    },
    schema: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
  {
    name: 'images',
    description: {
      en: 'Images that are built here: the name without tag, then the folder of the build or its Dockerfile, relative to this file.',
      zh: '在本仓库中构建的镜像：左边是不带标签的镜像名，右边是构建目录或其 Dockerfile，相对于本文件所在目录。',
    },
    schema: {
      type: 'object',
      additionalProperties: {
        anyOf: [
          { type: 'string', minLength: 1 },
          {
            type: 'object',
            required: ['context'],
            properties: { context: { type: 'string' }, dockerfile: { type: 'string' } },
            additionalProperties: false,
          },
        ],
      },
    },
  },
  {
    name: 'workloads',
    description: {
      en: 'Kinds of custom resources that hold Pod specs. In a path, "[]" is every item of a list and "*" is every key of a map.',
      zh: '包含 Pod 规约的自定义资源类型。路径中 “[]” 表示列表的每一项，“*” 表示映射的每个键。',
    },
    schema: {
      type: 'array',
      items: {
        type: 'object',
        required: ['group', 'kind', 'path'],
        properties: {
          group: { type: 'string' },
          kind: { type: 'string', minLength: 1 },
          path: { type: 'string', minLength: 1, examples: ['spec.template.spec'] },
          flavour: { enum: [...flavours], default: 'service' },
        },
        additionalProperties: false,
      },
    },
  },
];

/** The JSON Schema of the configuration file, which lists every rule with its title. Descriptions are English. */
export function configSchema(rules: readonly { readonly id: string; readonly title: Text }[]): Readonly<Record<string, unknown>> {
  const properties = configKeys.map(({ name, description, schema }) => {
    const rest = name === 'rules' ? rulesSchema(schema, rules) : schema;
    return [name, { description: description.en, ...rest }] as const;
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Podwright configuration',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: Object.fromEntries(properties),
  };
}

function rulesSchema(schema: ConfigKey['schema'], rules: Parameters<typeof configSchema>[0]): ConfigKey['schema'] {
  const properties = Object.fromEntries(rules.map(({ id, title }) => [id, { description: title.en, ...level }]));
  return { ...schema, properties, additionalProperties: false };
}
