import { admitted, get } from './api.js';
import { button, dialog, el } from './dom.js';
import { downloadLink } from './download.js';
import { problem } from './feedback.js';
import { count, exact, typeWords, visible } from './format.js';
import { query } from './uris.js';

const ROWS = 100;
const CHANGED = 409;

// Formats that take a column's name once, and what they say of names.
const NAMED = { json: 'JSON takes each name once', parquet: 'Parquet takes each name once', avro: 'Avro takes each name once, and only letters, digits and _ in it' };

/**
 * Shows the first rows of a file.
 *
 * @param row also with `etag`, if it is a certain version that is meant, and `download`, if it is not read by its address, and `dataset`,
 *     if it was written of that one
 */
export async function preview(row) {
  const stop = new AbortController();
  const href = row.download ?? `/vfsRead?${query({ uri: row.uri })}`;
  const fetched = downloadLink({ href, name: visible(row.name) });
  const content = el('div', null, el('p', { class: 'quiet', role: 'status' }, 'Reading…'));
  const shown = dialog('Preview', el('p', null, exact(row.name)), content,
    el('div', { class: 'actions' },
      !row.archived && fetched,
      button('Close', () => shown.close(), { autofocus: true })));
  shown.classList.add('broad');
  shown.addEventListener('close', () => stop.abort());
  try {
    const [sample, dataset] = await Promise.all([
      get(`/vfsPreview?${query({ uri: row.uri, limit: ROWS, ...(row.etag && { etag: row.etag }) })}`, stop.signal),
      row.dataset && get(`/v4/importedDatasets/${row.dataset}`, stop.signal).catch(() => null), // which may be deleted, or somebody else's
    ]);
    content.replaceChildren(...facts(sample), ...renamed(sample, dataset?.structure), rows(sample));
  } catch (failure) {
    const refused = row.etag && failure.status === CHANGED && await admitted(href).catch(other => other);
    if (stop.signal.aborted) return;
    if (refused) fetched.remove(); // it is not what is meant any more: so nothing else is offered, and both say the same
    content.replaceChildren(problem(refused || failure));
  }
}

export function facts(sample) {
  const shown = count(sample.data.length, 'row', 'rows');
  const all = sample.rowCount === sample.data.length;
  const total = all ? shown : `the first ${shown}${sample.rowCount === null ? '' : ` of ${sample.rowCount.toLocaleString()}`}`;
  const some = sample.columnCount > sample.columns.length && `the first ${sample.columns.length} of ${sample.columnCount} columns`;
  const kind = [sample.format, sample.compression, sample.encoding].filter(Boolean).join(', ');
  return [
    el('p', { class: 'quiet' }, [kind, total, some].filter(Boolean).join('; ')),
    ...sample.warnings.map(warning => el('p', { class: 'warning' }, exact(warning))),
  ];
}

/** Columns whose names could not stay as they are in the dataset. */
function renamed({ format, columns }, structure) {
  if (!NAMED[format] || structure?.columns.length !== structure?.columnCount) return [];
  const before = new Set(structure?.columns.map(({ name }) => name));
  const others = structure ? columns.filter(({ name }) => !before.has(name)) : [];
  return others.length ? [el('p', { class: 'warning' }, el('span', null, `${NAMED[format]}, so these columns are called otherwise than in the dataset: `, others.map(({ name }, index) => [index > 0 && ', ', exact(name)])))] : [];
}

/** Numbers stand at the right, and so does what their column is called. */
export const isAmount = ({ data }, column) => typeof data.find(values => values[column] !== null)?.[column] === 'number';

/** Wider than the screen more often than not, so it scrolls, also by keys. */
export function rows(sample) {
  if (!sample.columns.length) return el('p', null, 'The file is empty.');
  const cut = new Map(sample.cutValues.map(({ row, column, length }) => [`${row} ${column}`, length]));
  return el('div', { class: 'sample', tabindex: '0', role: 'region', 'aria-label': 'First rows' },
    el('table', null,
      el('thead', null, el('tr', null, sample.columns.map((column, index) => el('th', { scope: 'col', class: isAmount(sample, index) ? 'amount' : null },
        exact(column.name), el('div', { class: 'quiet', title: column.type }, typeWords(column.type)))))),
      el('tbody', null, sample.data.map((values, row) => el('tr', null,
        values.map((value, column) => cell(value, cut.get(`${row} ${column}`))))))));
}

/** @param length of the whole value where only its beginning is here */
function cell(value, length) {
  if (value === null) return el('td', null, el('em', { class: 'quiet' }, 'null'));
  return el('td', { class: typeof value === 'number' ? 'amount' : null },
    exact(typeof value === 'string' ? value : JSON.stringify(value)),
    length && el('span', { class: 'sign', title: `${length.toLocaleString()} characters` }, '…'));
}
