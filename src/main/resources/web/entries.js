import { button, el, link, table } from './dom.js';
import { exact, size, time } from './format.js';
import { importDialog } from './import-dialog.js';
import { preview } from './preview.js';
import { browse, name, parent, parse, query, write } from './uris.js';

/**
 * A table of files and folders.
 *
 * @param below where rows come from many folders: the one that all of them are below
 */
export function entries(caption, { hidden, below }) {
  return table(caption, [
    { label: 'Name', kind: 'wide', cell: row => [named(row, hidden), below && folderOf(row, below, hidden)] },
    { label: 'Size', kind: 'amount', cell: row => size(row.size) },
    { label: 'Last updated', kind: 'when', cell: row => time(row.lastModified) },
    { label: 'Actions', hidden: true, kind: 'do row', cell: actions },
  ]);
}

function named(row, hidden) {
  const label = row.name === '' ? el('em', null, 'no name') : exact(row.name);
  if (row.type === 'folder') {
    return link(browse(row.uri, hidden), el('span', { class: 'kind', 'aria-hidden': 'true' }, '▸'), label, el('span', { class: 'unseen' }, ', folder'));
  }
  return el('span', null, label, archive(row));
}

function archive(row) {
  const label = row.restore?.ongoing ? `Being restored from ${row.storageClass}` : `Archived in ${row.storageClass}`;
  if (row.archived) return el('span', { class: 'badge warned' }, label);
  return row.restore?.until && el('span', { class: 'badge', title: row.storageClass }, 'Restored until ', time(row.restore.until));
}

function folderOf(row, below, hidden) {
  const place = parent(parse(row.uri));
  const path = place.key.slice(below.key.length);
  return path && el('div', { class: 'quiet' }, 'in ', link(browse(write(place), hidden), exact(path)));
}

function actions(row) {
  const place = parse(row.uri);
  if (!place.key) return null; // a bucket
  const taking = button('Import', () => importDialog({ uri: row.uri, name: row.name, folder: row.type === 'folder' }), { 'aria-label': `Import ${row.name}` });
  if (row.type === 'folder') return el('div', { class: 'actions' }, taking);
  if (row.archived) return el('span', { class: 'quiet' }, row.restore?.ongoing ? 'Wait until it is restored' : 'Restore it in S3 first');
  return el('div', { class: 'actions' },
    button('Preview', () => preview(row), { class: 'plain', 'aria-label': `Preview ${row.name}` }),
    el('a', { class: 'button plain', href: `/vfsRead?${query({ uri: row.uri })}`, download: name(place), 'aria-label': `Download ${row.name}` }, 'Download'),
    taking);
}
