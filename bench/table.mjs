import { spread } from './measure.mjs';

/**
 * One line of the table.
 * @typedef {object} Row
 * @property {string} what
 * @property {string} tool
 * @property {'ms' | 'MB' | 'files/s'} [unit]
 * @property {readonly number[]} [values] none where it could not be measured
 * @property {number | undefined} [processor] milliseconds for one run
 * @property {number | undefined} [goal] at most; at least for what is counted in a second
 * @property {string} remark
 */

const heads = ['what', 'tool', 'median', 'min – max', 'runs', 'processor', 'goal', ''];

/**
 * Prints a Markdown table, aligned for the terminal.
 * @param {readonly Row[]} rows
 * @param {string} machine
 */
export function printTable(rows, machine) {
  const cells = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  console.log([`\n${machine}\n`, line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n'));
}

/** @param {Row} row */
function cellsOf({ what, tool, unit = 'ms', values = [], processor, goal, remark }) {
  if (values.length === 0) return [what, tool, '–', '', '', '', '', remark];
  const { median, min, max } = spread(values);
  const met = goal === undefined ? '' : `${number(goal)} ${(unit === 'files/s' ? median >= goal : median <= goal) ? 'met' : 'MISSED'}`;
  return [
    what, tool, `${number(median)} ${unit}`, values.length === 1 ? '' : `${number(min)} – ${number(max)}`, String(values.length),
    processor === undefined ? '' : `${number(processor)} ms`, met, remark,
  ];
}

/** Three digits are as many as such a number has. @param {number} value */
function number(value) {
  return value < 100 ? Number(value.toPrecision(2)).toString() : Math.round(value).toLocaleString('en');
}
