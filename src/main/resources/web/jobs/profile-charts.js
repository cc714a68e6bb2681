import { html, nothing, svg } from 'lit';
import { exact, visible } from '../format.js';

// Units of the drawings, which are as wide as there is room.
const WIDTH = 240;
const HEIGHT = 60;
const BARS = 5;

/** How many values are of the column's type, are not, and are missing: one bar. */
export function quality({ VALID = 0, INVALID = 0, EMPTY = 0 }) {
  const rows = Math.max(1, VALID + INVALID + EMPTY);
  const parts = [[VALID, 'valid'], [INVALID, 'mismatched'], [EMPTY, 'missing']];
  let left = 0;
  const told = `${VALID.toLocaleString()} valid, ${INVALID.toLocaleString()} not of the type, ${EMPTY.toLocaleString()} missing`;
  return html`<svg class="quality" viewBox="0 0 ${WIDTH} 8" preserveAspectRatio="none" role="img" aria-label=${told}><title>${told}</title>${parts.map(([count, kind]) => {
    const width = WIDTH * count / rows;
    left += width;
    return count ? svg`<rect class=${kind} x=${left - width} y="0" width=${width} height="8"></rect>` : nothing;
  })}</svg><p class="quiet">${told}</p>`;
}

/** How often values fall between the positions of buckets; the last one's end stands for itself. */
export function histogram({ buckets, min, max }) {
  const most = Math.max(...buckets.map(({ b }) => b), 1);
  const step = WIDTH / buckets.length;
  const told = `Distribution from ${visible(String(min))} to ${visible(String(max))}: ${buckets.filter(({ b }) => b).map(({ pos, b }) => `${b} from ${pos}`).join(', ')}`;
  return html`<svg class="histogram" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${told}>${buckets.map(({ pos, b }, index) => {
    const height = HEIGHT * b / most;
    return svg`<rect x=${index * step + 1} y=${HEIGHT - height} width=${Math.max(1, step - 2)} height=${height}><title>${`${b} from ${pos}`}</title></rect>`;
  })}</svg>`;
}

/** The most frequent values, as bars; of those that nobody shares there is nothing to draw. */
export function bars({ topk, c }) {
  const shown = topk.slice(0, BARS);
  if (!shown.length || topk[0].count < 2) return nothing;
  return html`<ul class="bars">${shown.map(({ key, count }) => html`<li><meter min="0" max=${Math.max(c, 1)} value=${count} aria-label="Share of ${visible(key)}"></meter> <span>${exact(key)}</span> <span class="quiet">${count.toLocaleString()}</span></li>`)}</ul>`;
}
