import type { Locale } from '../../engine/core/message.ts';
import type { CheckOptions } from '../args.ts';
import { type Io, sayIn } from '../io.ts';
import { jsonRender, jsonReporter } from './json.ts';
import { prettyRender, prettyReporter } from './pretty.ts';
import type { Render, Reporter } from './report.ts';
import { styleOf } from './style.ts';

/** How findings are told. Plain data, so that every thread can speak alike. */
export interface Voice {
  readonly locale: Locale;
  readonly isColored: boolean;
  /** Of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
}

const columnsOfNone = 120;

/** The chosen format's way to tell of a file. */
export function renderOf(format: CheckOptions['format'], { locale, isColored, columns = columnsOfNone }: Voice): Render {
  return format === 'json' ? jsonRender(locale) : prettyRender({ locale, say: sayIn(locale), style: styleOf(isColored), columns });
}

/** The chosen format's writer. Where standard output carries a repaired text, the findings go to standard error. */
export function reporterOf(options: CheckOptions, io: Pick<Io, 'out' | 'err'>, { locale, isColored }: Voice): Reporter {
  const say = sayIn(locale);
  const isFilter = options.paths.includes('-') && options.fix !== 'none';
  const out = isFilter ? io.err : io.out;
  if (options.format === 'json') return jsonReporter({ say, out });
  const { quiet, severity } = options;
  return prettyReporter({ locale, say, style: styleOf(isColored), quiet, severity, out, err: io.err });
}
