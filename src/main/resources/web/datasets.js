import { all } from './api.js';
import { el, empty, head, link, linkButton, table } from './dom.js';
import { count, exact, size, time } from './format.js';
import { location, parse } from './uris.js';

export const TITLE = 'Datasets';

export async function show({ signal }) {
  const datasets = (await all('/v4/importedDatasets', signal)).reverse(); // newest first
  if (!datasets.length) {
    return [head(TITLE), empty('No datasets yet. Import files and folders from a source, or upload a file of your own.',
      linkButton('#/import', 'Import data', 'main'), linkButton('#/upload', 'Upload a file'))];
  }
  const list = table('Datasets', [
    { label: 'Name', kind: 'wide', cell: row => [link(`#/datasets/${row.id}`, exact(row.name)), el('div', { class: 'quiet' }, exact(location(parse(row.uri))))] },
    { label: 'Files', kind: 'amount', cell: row => count(row.fileCount, 'file', 'files') },
    { label: 'Size', kind: 'amount', cell: row => size(row.size) },
    { label: 'Imported', kind: 'when', cell: row => time(row.createdAt) },
    { label: 'Actions', hidden: true, kind: 'do one', cell: row => el('a', { class: 'button', href: `#/datasets/${row.id}`, 'aria-label': `Run ${row.name}` }, 'Run') },
  ]);
  list.add(datasets);
  return [head(TITLE, linkButton('#/import', 'Import data'), linkButton('#/upload', 'Upload')), list.node];
}
