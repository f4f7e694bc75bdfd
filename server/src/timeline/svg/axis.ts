import type { Locale } from '../../engine/core/message.ts';
import { labels } from '../phrases.ts';
import type { Scale } from '../scale.ts';
import { element, words } from './element.ts';
import { across, sheet } from './sheet.ts';

/** The lines of the axis behind the lanes, and its seconds below them. */
export function axis({ ticks, at, isCompressed }: Scale, top: number, bottom: number, locale: Locale): string {
  const marks = ticks.map((tick) => {
    const x = across(at(tick));
    return element('path', { class: 'grid', d: `M${x.toFixed(1)} ${String(top)}V${String(bottom)}` }) + words(x, bottom + 14, String(tick), { class: 'dim', 'text-anchor': 'middle' });
  });
  const unit = words(sheet.margin, bottom + 14, labels[isCompressed ? 'compressed' : 'linear'][locale], { class: 'dim' });
  return element('g', { 'aria-hidden': 'true' }, [...marks, unit]);
}
