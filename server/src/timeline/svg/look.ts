/**
 * Colours are variables, so that a page around the picture can set its own (`--podwright-…`); without one it follows
 * the reader's light or dark scheme. No `style` attribute stands anywhere: strict pages forbid them.
 */
export const look = `
.podwright-timeline {
  --fg: var(--podwright-foreground, #1f2328); --dim: var(--podwright-dim, #59636e); --line: var(--podwright-line, #d1d9e0);
  --bg: var(--podwright-background, #ffffff); --lane: var(--podwright-lane, #f6f8fa); --wait: var(--podwright-waiting, #9aa4af);
  --start: var(--podwright-starting, #d4810a); --run: var(--podwright-running, #2f7d4f); --work: var(--podwright-working, #3b6fb5);
  --gate: var(--podwright-gate, #3b6fb5); --bad: var(--podwright-bad, #cf222e); --share: var(--podwright-shared, #8250df);
  font-family: var(--podwright-font, system-ui, -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif); font-size: 12px;
}
@media (prefers-color-scheme: dark) {
  .podwright-timeline {
    --fg: var(--podwright-foreground, #e6edf3); --dim: var(--podwright-dim, #9198a1); --line: var(--podwright-line, #3d444d);
    --bg: var(--podwright-background, #0d1117); --lane: var(--podwright-lane, #151b23); --wait: var(--podwright-waiting, #656c76);
    --start: var(--podwright-starting, #e3a43c); --run: var(--podwright-running, #4cb178); --work: var(--podwright-working, #6ba4f0);
    --gate: var(--podwright-gate, #6ba4f0); --bad: var(--podwright-bad, #ff7b72); --share: var(--podwright-shared, #bc8cff);
  }
}
.podwright-timeline text { fill: var(--fg); }
.podwright-timeline .back { fill: var(--bg); }
.podwright-timeline .dim { fill: var(--dim); }
.podwright-timeline .head { font-size: 15px; font-weight: 600; }
.podwright-timeline .part { font-size: 12px; font-weight: 600; }
.podwright-timeline .name { font-weight: 600; }
.podwright-timeline .grid { stroke: var(--line); stroke-width: 1; }
.podwright-timeline .row { fill: var(--lane); fill-opacity: .75; }
.podwright-timeline .lane:focus { outline: none; }
.podwright-timeline .lane:focus .row, .podwright-timeline .lane.current .row { stroke: var(--gate); stroke-width: 2; }
.podwright-timeline .lane[data-line] { cursor: pointer; }
.podwright-timeline .waiting { stroke: var(--wait); stroke-width: 2; stroke-dasharray: 2 4; fill: none; }
.podwright-timeline .starting { fill: var(--start); }
.podwright-timeline .running { fill: var(--run); }
.podwright-timeline .working { fill: var(--work); }
.podwright-timeline .ending { fill: var(--start); }
.podwright-timeline .worst { opacity: .45; }
.podwright-timeline .fails { fill: url(#podwright-fails); stroke: var(--bad); }
.podwright-timeline .stripe { stroke: var(--bad); stroke-width: 2; }
.podwright-timeline .ready { fill: var(--bg); stroke: var(--run); stroke-width: 2; }
.podwright-timeline .arrow { stroke: var(--gate); stroke-width: 1.5; fill: none; marker-end: url(#podwright-arrow); }
.podwright-timeline .arrow.loose { stroke: var(--wait); stroke-dasharray: 3 3; marker-end: url(#podwright-loose); }
.podwright-timeline .tip { fill: var(--gate); }
.podwright-timeline .tip.loose { fill: var(--wait); }
.podwright-timeline .gate { fill: var(--gate); }
.podwright-timeline .halo { paint-order: stroke; stroke: var(--lane); stroke-width: 4px; stroke-linejoin: round; }
.podwright-timeline .false { fill: var(--bad); text-decoration: line-through; font-size: 11px; }
.podwright-timeline .cross { stroke: var(--bad); stroke-width: 1.5; fill: none; }
.podwright-timeline .bad { fill: var(--bad); }
.podwright-timeline .kill { stroke: var(--bad); stroke-width: 2; }
.podwright-timeline .shared { stroke: var(--share); stroke-width: 2; fill: var(--bg); }
.podwright-timeline .shared.reads { fill: var(--bg); }
.podwright-timeline .shared.writes { fill: var(--share); }
@media (forced-colors: active) {
  .podwright-timeline { --fg: CanvasText; --dim: CanvasText; --line: GrayText; --bg: Canvas; --lane: Canvas; --wait: GrayText; --gate: LinkText; }
}
`;

/** What the look refers to. */
export const definitions =
  '<defs>' +
  '<marker id="podwright-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker>' +
  '<marker id="podwright-loose" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip loose" d="M0 0L8 4L0 8z"/></marker>' +
  '<pattern id="podwright-fails" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="stripe" d="M0 0V8"/></pattern>' +
  '</defs>';
