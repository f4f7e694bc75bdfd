import type { FixOutcome, Severity } from '../../../engine/core/finding.ts';
import { type Message, message } from '../../../engine/core/message.ts';
import { manifestRule } from '../../../engine/rule-kinds.ts';
import { inSteps, keysOf, rootOf } from '../../../engine/yaml/steps.ts';
import { set } from '../../../engine/yaml/edit.ts';
import type { Field } from '../../../engine/yaml/field.ts';

const texts = {
  tooLarge: {
    en: '{key}: {value} is decimal here and more than 511 (0777), so the API server refuses it. The mode {octal} is {decimal}.',
    zh: '{key}: {value} 在此是十进制数，超过 511（0777），API 服务器会拒绝。权限 {octal} 应写作 {decimal}。',
  },
  decimal: {
    en: '{key}: {value} is decimal here, and means {meant}. The mode {octal} is {decimal}.',
    zh: '{key}: {value} 在此是十进制数，表示的是 {meant}。权限 {octal} 应写作 {decimal}。',
  },
  text: {
    en: '{key}: {value} is text to kubectl, which reads YAML 1.1, and the API server refuses it. Write {decimal}, which is {octal}.',
    zh: 'kubectl 按 YAML 1.1 解析，{key}: {value} 会被当作文本，API 服务器会拒绝。请写作 {decimal}，即 {octal}。',
  },
  readers: {
    en: '{key}: {value} is octal to kubectl, but {plain} to tools that read YAML 1.2 and in JSON. {decimal} means the same to all.',
    zh: 'kubectl 将 {key}: {value} 解析为八进制，但 YAML 1.2 的工具和 JSON 会解析为 {plain}。{decimal} 对所有工具含义相同。',
  },
  fix: { en: 'Write {decimal}', zh: '改为 {decimal}' },
};

/** What people write for modes, as octal digits: reading and writing for the owner, less for the others. */
const usual = /^[0-7]?[4567][0-7][0-7]$/;

/**
 * The API takes a mode as a number from 0 to 511. kubectl and its kin read YAML 1.1, where `0644` is octal and `0o644` is text;
 * YAML 1.2 has it the other way round. Source: pkg/apis/core/validation, validateVolumeSource ("must be a number between 0
 * and 0777 (octal)"); sigs.k8s.io/yaml; yaml.org, 1.1 and 1.2, "Integer".
 */
export default manifestRule(
  {
    id: 'kubernetes/octal-mode',
    guideline: 'validity',
    title: { en: 'A file mode that is not the number it looks like.', zh: '文件权限的数值与其写法不符。' },
    severities: ['error', 'warning', 'hint'],
    fix: 'suggestion',
    reads: [],
    yieldsTo: [],
    mayReveal: [],
  },
  function* (manifest) {
    for (const { podSpec, isPodSpec } of manifest.workloads) {
      if (!isPodSpec) continue;
      for (const field of podSpec.get('volumes').items().flatMap(modesOf)) {
        const found = wrong(field);
        if (found === undefined) continue;
        yield {
          span: field.span,
          place: `${manifest.place}:${field.path}`,
          severity: found.severity,
          message: found.message,
          fixes: [{ key: 'decimal', title: message(texts.fix, { decimal: found.decimal }), safety: 'suggestion', outcome: () => rewrite(field, found.decimal) }],
        };
      }
    }
  },
);

/** All modes of a volume: of the volume as a whole, and of its single files. */
function modesOf(volume: Field): readonly Field[] {
  const sources = ['configMap', 'secret', 'downwardAPI', 'projected'].map((key) => volume.at(key)).filter(({ kind }) => kind === 'map');
  const inner = sources.flatMap((source) => source.at('sources').items().flatMap((each) => ['configMap', 'secret', 'downwardAPI'].map((key) => each.at(key))));
  const items = [...sources, ...inner].flatMap((source) => source.at('items').items().map((item) => item.at('mode')));
  return [...sources.map((source) => source.at('defaultMode')), ...items].filter(({ present, borrowed }) => present && !borrowed);
}

function wrong(field: Field): { readonly severity: Severity; readonly message: Message; readonly decimal: number } | undefined {
  const value = field.raw ?? '';
  const key = String(field.key);
  const [, quoted, marked, digits = ''] = /^(["']?)(0o?)?([0-7]{1,4})\1$/.exec(value) ?? [];
  if (digits === '') return undefined;
  const decimal = parseInt(digits, 8);
  const args = { key, value, decimal, octal: `0${digits.replace(/^0+(?=\d)/, '')}` };
  if (decimal > 511) return undefined;
  if (quoted !== '' || marked === '0o') return { severity: 'error', decimal, message: message(texts.text, args) };
  if (marked === '0') return digits === '' || decimal < 8 ? undefined : { severity: 'hint', decimal, message: message(texts.readers, { ...args, plain: Number(digits) }) };
  const number = Number(digits);
  if (number > 511) return { severity: 'error', decimal, message: message(texts.tooLarge, args) };
  // 420 is 0644, 256 is 0400, 292 is 0444, 288 is 0440, 384 is 0600: whoever writes those has counted.
  if (!usual.test(digits) || /^(?:420|416|436|438|448|456|457|464|480|488|493|504|508|511)$/.test(digits)) return undefined;
  return { severity: 'warning', decimal, message: message(texts.decimal, { ...args, meant: `0${number.toString(8)}` }) };
}

/** To this reader, too, `0644` and 420 are the same number: what is written changes by way of another value. */
function rewrite(field: Field, decimal: number): FixOutcome {
  if (field.int !== decimal) return set(field, decimal);
  const path = keysOf(field);
  return inSteps(rootOf(field), [(root) => set(root.at(...path), 'x'), (root) => set(root.at(...path), decimal)]);
}
