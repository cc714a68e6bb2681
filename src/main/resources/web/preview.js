import { get } from './api.js';
import { button, dialog, el } from './dom.js';
import { problem } from './feedback.js';
import { count, exact } from './format.js';
import { query } from './uris.js';

const ROWS = 100;

/** Shows the first rows of a file. */
export async function preview(row) {
  const stop = new AbortController();
  const content = el('div', { role: 'status' }, el('p', { class: 'quiet' }, 'Reading…'));
  const shown = dialog('Preview', el('p', null, exact(row.name)), content,
    el('div', { class: 'actions' }, button('Close', () => shown.close(), { autofocus: true })));
  shown.classList.add('broad');
  shown.addEventListener('close', () => stop.abort());
  try {
    const sample = await get(`/vfsPreview?${query({ uri: row.uri, limit: ROWS })}`, stop.signal);
    content.replaceChildren(...facts(sample), rows(sample));
  } catch (failure) {
    if (!stop.signal.aborted) content.replaceChildren(problem(failure));
  }
}

function facts(sample) {
  const total = sample.complete ? count(sample.data.length, 'row', 'rows')
    : `the first ${count(sample.data.length, 'row', 'rows')}${sample.rowCount ? ` of ${sample.rowCount.toLocaleString()}` : ''}`;
  const missing = sample.columnCount > sample.columns.length && `${sample.columns.length} of ${sample.columnCount} columns`;
  const kind = [sample.format, sample.compression, sample.encoding].filter(Boolean).join(', ');
  return [
    el('p', { class: 'quiet' }, [kind, total, missing].filter(Boolean).join('; ')),
    ...(sample.warnings ?? []).map(warning => el('p', { class: 'warning' }, exact(warning))),
  ];
}

/** Wider than the screen more often than not, so it scrolls, also by keys. */
function rows(sample) {
  return el('div', { class: 'sample', tabindex: '0', role: 'region', 'aria-label': 'First rows' },
    el('table', null,
      el('thead', null, el('tr', null, sample.columns.map(column => el('th', { scope: 'col' },
        exact(column.name), el('div', { class: 'quiet' }, column.type))))),
      el('tbody', null, sample.data.map(values => el('tr', null, values.map(value => el('td', { class: typeof value === 'number' ? 'amount' : null }, cell(value))))))));
}

function cell(value) {
  if (value === null) return el('em', { class: 'quiet' }, 'null');
  return exact(typeof value === 'string' ? value : JSON.stringify(value));
}
