// Makes the folder of a new rule, with all its files:
//   npm run new-rule kubernetes/what-is-wrong
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { update } from './rules-index.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The files of a new rule's folder. They compile; their tests fail until every TODO is done.
 * @param {string} id `language/what-is-wrong`
 * @returns {Record<'rule.ts' | 'rule.md' | 'rule.zh.md' | 'cases.md', string> | undefined} undefined for an id that no rule may have
 */
export function templateFiles(id) {
  const [, language, name = ''] = /^(kubernetes|dockerfile)\/([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(id) ?? [];
  if (language === undefined) return undefined;
  const kubernetes = language === 'kubernetes';
  const example = { fence: kubernetes ? 'yaml' : 'dockerfile', sample: kubernetes ? pod : dockerfile };
  return {
    'rule.ts': ruleSource(id, name.replaceAll('-', ' '), kubernetes),
    'rule.md': page(id, example, {
      what: 'TODO: what this rule finds, in one or two sentences.',
      why: 'Why',
      title: 'Example',
      good: 'Better:',
    }),
    'rule.zh.md': page(id, example, { what: 'TODO：用一两句话说明此规则检查什么。', why: '为什么', title: '示例', good: '更好的写法：' }),
    'cases.md': cases(id, example, kubernetes ? '#~     ^^^' : '#~|^^^'),
  };
}

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: app
      image: nginx:1.27`;
const dockerfile = `FROM alpine:3.22
CMD ["sleep", "60"]`;

/**
 * @param {string} id
 * @param {string} words
 * @param {boolean} kubernetes
 */
function ruleSource(id, words, kubernetes) {
  return `import { message } from '../../../engine/core/message.ts';
import { ${kubernetes ? 'containerRule' : 'dockerfileRule'} } from '../../../engine/rule-kinds.ts';

const texts = {
  found: {
    en: 'TODO: what is wrong, naming the thing. What to do.',
    zh: 'TODO：哪里有问题（指明对象）。该怎么做。',
  },
};

/** TODO: when it fires, why that is harm, and the source of each fact. */
export default ${kubernetes ? 'containerRule' : 'dockerfileRule'}(
  {
    id: '${id}',
    guideline: 'validity',
    title: { en: 'TODO: ${words}.', zh: 'TODO：${words}（待翻译）。' },
    severities: ['warning'],
    fix: 'none',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (${kubernetes ? '{ manifest, container }' : 'file'}) {
    // TODO: say nothing where nothing is wrong.
    if (${kubernetes ? "container.field.has('image')" : "file.source.text !== ''"}) return;
    yield {
      severity: 'warning',
      message: message(texts.found),
      span: ${kubernetes ? 'container.field.span' : '{ start: 0, end: file.source.length }'},
      place: ${kubernetes ? '`${manifest.place}:${container.field.path}`' : "'file'"},
    };
  },
);
`;
}

/**
 * @param {string} id
 * @param {{ fence: string, sample: string }} example
 * @param {Record<'what' | 'why' | 'title' | 'good', string>} text
 */
function page(id, { fence, sample }, text) {
  return `# ${id}

${text.what}

## ${text.why}

TODO

## ${text.title}

\`\`\`${fence} bad
${sample}
\`\`\`

${text.good}

\`\`\`${fence} good
${sample}
\`\`\`
`;
}

/**
 * @param {string} id
 * @param {{ fence: string, sample: string }} example
 * @param {string} carets
 */
function cases(id, { fence, sample }, carets) {
  return `# Cases of ${id}

## TODO: name what the case is about

\`\`\`${fence} bad
${sample}
${carets} warning ${id}: TODO
\`\`\`

## Not this

\`\`\`${fence} good
${sample}
\`\`\`
`;
}

async function main() {
  const id = process.argv[2] ?? '';
  const files = templateFiles(id);
  const folder = join(root, 'server/src/rules', id);
  if (files === undefined) {
    return fail(`Usage: npm run new-rule kubernetes/<what-is-wrong> (or dockerfile/<what-is-wrong>); lower case, with dashes. Got "${id}".`);
  }
  if (existsSync(folder)) return fail(`server/src/rules/${id} is there already.`);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(folder, file), text);
    console.log(`wrote server/src/rules/${id}/${file}`);
  }
  for (const line of await update({ check: false })) console.error(line);
  console.log(`Now write it. Until then its tests fail:  npx vitest run test/rules -t ${id}`);
  console.log('The form of pages and cases: test/rules/README.md');
}

/** @param {string} text */
function fail(text) {
  console.error(text);
  process.exitCode = 2;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
