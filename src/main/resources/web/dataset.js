import { all, del, get } from './api.js';
import { button, dialog, el, head, link, table } from './dom.js';
import { announce, busy, problem, whisper } from './feedback.js';
import { count, exact, size, time } from './format.js';
import { runForm } from './run-form.js';
import { browse, location, name, parent, parse, write } from './uris.js';

export const TITLE = 'Dataset';

const ROWS = 200;

export async function show({ id, signal }) {
  const [dataset, connections, files, base] = await Promise.all([
    get(`/v4/importedDatasets/${id}`, signal),
    all('/v4/connections', signal),
    list(id, 0, signal),
    get('/v4/people/current/baseStorageConfigs', signal),
  ]);
  const source = parse(dataset.uri);
  const from = connections.find(connection => connection.id === dataset.connection?.id);
  return [
    head(exact(dataset.name), button('Delete', () => remove(dataset), { class: 'plain bad' })),
    el('p', { class: 'lead' }, link(browse(write(source.key.endsWith('/') ? source : parent(source))), exact(location(source))),
      from ? [' in ', exact(from.name)] : source.connectionId ? '' : ' in base storage'),
    dataset.description && el('p', null, exact(dataset.description)),
    el('p', { class: 'quiet' }, count(dataset.fileCount, 'file', 'files'), ', ', size(dataset.size),
      dataset.ignoredCount > 0 && `, ${count(dataset.ignoredCount, 'marker or hidden name', 'markers or hidden names')} left out`,
      '; imported ', time(dataset.createdAt)),
    el('section', { class: 'sheet' }, el('h2', null, 'Run'), runForm(dataset, connections, base.s3)),
    el('section', null, el('h2', null, 'Files'), filesOf(dataset, source, files, signal)),
  ];
}

const list = (id, offset, signal) => get(`/v4/importedDatasets/${id}/files?limit=${ROWS}&offset=${offset}`, signal);

function filesOf(dataset, source, first, signal) {
  const folder = source.key.slice(0, source.key.lastIndexOf('/') + 1);
  const rows = table('Files', [
    { label: 'Name', kind: 'wide', cell: file => exact(file.key.startsWith(folder) ? file.key.slice(folder.length) : name(parse(file.uri))) },
    { label: 'Size', kind: 'amount', cell: file => size(file.size) },
    { label: 'Last updated', kind: 'when', cell: file => time(file.lastModified) },
  ]);
  let shown = 0;
  const wrong = el('div');
  const more = button('More', event => busy(event.currentTarget, 'Loading…', async () => {
    try {
      append(await list(dataset.id, shown, signal));
      wrong.replaceChildren();
      whisper(`${shown} of ${dataset.fileCount} files are shown.`);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
    }
  }));
  const append = page => {
    rows.add(page.data);
    shown += page.data.length;
    more.hidden = shown >= dataset.fileCount || !page.data.length;
  };
  append(first);
  return [rows.node, wrong, el('div', { class: 'more' }, more)];
}

function remove(dataset) {
  const wrong = el('div');
  const asked = dialog('Delete dataset?',
    el('p', null, el('strong', null, exact(dataset.name)), ' is taken out of the list. Its files stay where they are, and so do results of its jobs.'),
    wrong,
    el('div', { class: 'actions' },
      button('Keep', () => asked.close(), { autofocus: true }),
      button('Delete', event => busy(event.currentTarget, 'Deleting…', async () => {
        try {
          await del(`/v4/importedDatasets/${dataset.id}`);
          asked.close();
          window.location.hash = '/datasets';
          announce('Deleted ', exact(dataset.name), '.');
        } catch (failure) {
          wrong.replaceChildren(problem(failure));
        }
      }), { class: 'bad' })));
}
