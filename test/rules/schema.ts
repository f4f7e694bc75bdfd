/** The Kubernetes API's own view of a manifest: strict schemas, unknown fields refused. Written without the engine's readers. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';

interface Definition {
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly group: string; readonly version: string; readonly kind: string }[];
}

const schema = JSON.parse(
  readFileSync(new URL('../schema/kubernetes-1.36.definitions.json', import.meta.url), 'utf8'),
) as { readonly definitions: Readonly<Record<string, Definition>> };

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(schema, 'kubernetes');

/** Definition names by `apiVersion kind`. */
const names = new Map(
  Object.entries(schema.definitions).flatMap(([name, definition]) =>
    (definition['x-kubernetes-group-version-kind'] ?? []).map(
      ({ group, version, kind }) => [`${group === '' ? version : `${group}/${version}`} ${kind}`, name] as const,
    ),
  ),
);

/** What the API would refuse in these documents; kinds without a schema, and text that is no YAML or a template, pass. */
export function schemaProblems(text: string): readonly string[] {
  if (/: +\{\{/.test(text)) return [];
  const documents = parseAllDocuments(text, { version: '1.1', merge: true, uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    if (document.errors.length > 0) return [];
    return objectsOf(document.toJS() as unknown).flatMap((object) => problemsOf(object).map((problem) => `document ${String(index)}: ${problem}`));
  });
}

type Loose = Readonly<Record<string, unknown>>;

function objectsOf(value: unknown): readonly Loose[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Loose;
  return Array.isArray(object['items']) && String(object['kind']).endsWith('List') ? object['items'].flatMap(objectsOf) : [object];
}

function problemsOf(object: Loose): readonly string[] {
  const name = names.get(`${String(object['apiVersion'])} ${String(object['kind'])}`);
  if (name === undefined) return [];
  const validate = ajv.getSchema(`kubernetes#/definitions/${name}`) as ValidateFunction;
  if (validate(object)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}
