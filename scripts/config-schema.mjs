// Generates schemas/podwright.schema.json, by which editors check and complete .podwright.yaml, from the data that its reader uses.
//   node scripts/config-schema.mjs           writes it
//   node scripts/config-schema.mjs --check   changes nothing; fails where it is out of date
import { main, runModule, settle } from './lib/generated.mjs';

const target = 'schemas/podwright.schema.json';

const source = `
import { ownRules } from './engine/core/config.ts';
import { configSchema } from './engine/core/config-keys.ts';
import { allRules } from './rules/index.ts';
export const schema = configSchema([...allRules.map(({ meta }) => meta), ...ownRules]);
`;

await main(async ({ check }) => {
  const { schema } = await runModule(source, 'server/src');
  const wrong = settle({ [target]: `${JSON.stringify(schema, undefined, 2)}\n` }, { check, script: 'config-schema.mjs' });
  if (wrong.length === 0) console.log(`${target} is current`);
  return wrong;
});
