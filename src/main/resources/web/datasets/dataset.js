import { html, nothing, render } from 'lit';
import { read } from '../api.js';
import { button, el, head, link, linkButton } from '../dom.js';
import { count, exact, size, time } from '../format.js';
import { browse, location, parent, parse, write } from '../uris.js';
import '../lineage-view.js';
import '../schedules/schedule-table.js';
import { copyDataset, deleteDataset, lookAgain } from './dataset-dialogs.js';
import './dataset-files.js';
import './dataset-rows.js';
import './dataset-settings.js';
import { placeWords, valueWords, variables } from './source-words.js';

export const TITLE = 'Dataset';

const TABS = {
  rows: ['Rows', 'dataset-rows'],
  files: ['Files', 'dataset-files'],
  lineage: ['Jobs and lineage', 'lineage-view'],
  schedules: ['Schedules', 'schedule-table'],
  settings: ['Settings', 'dataset-settings'],
};

export async function show({ id, query, me, signal }) {
  const seen = await read(`/v4/importedDatasets/${id}?embed=creator,connection`, signal);
  const dataset = seen.value;
  const chosen = TABS[query.get('tab')] ? query.get('tab') : 'rows';
  const content = Object.assign(document.createElement(TABS[chosen][1]), { imported: dataset, me, seen });
  return [
    head(exact(dataset.name),
      linkButton(`#/datasets/${id}/run`, 'Run', 'main'),
      button('Look again', () => lookAgain(dataset), { title: 'Looks what has changed in the source' }),
      button('Copy', () => copyDataset(dataset)),
      button('Delete', () => deleteDataset(dataset), { class: 'plain bad' })),
    ...facts(dataset),
    el('nav', { class: 'tabs', 'aria-label': 'Of the dataset' }, Object.entries(TABS).map(([name, [label]]) => el('a', {
      href: name === 'rows' ? `#/datasets/${id}` : `#/datasets/${id}?tab=${name}`,
      'aria-current': name === chosen && 'page',
    }, label))),
    content,
  ];
}

/** By which rule its path varies, and with which values. */
function varies(dataset) {
  const node = el('span');
  const values = variables(dataset);
  render(html`${placeWords(dataset)}${values.length ? html` with ${valueWords(values)} unless a run says otherwise` : nothing}`, node);
  return node;
}

function facts(dataset) {
  const source = parse(dataset.uri);
  const { connection, structure } = dataset;
  return [
    el('p', { class: 'lead' }, dataset.isDynamic && [varies(dataset), ', such as '], link(browse(write(source.key.endsWith('/') ? source : parent(source))), exact(location(source))),
      connection ? (connection.name ? [' in ', link(`#/connections/${connection.id}`, exact(connection.name))] : ' in a connection that you may not use') : ' in base storage'),
    dataset.description && el('p', null, exact(dataset.description)),
    el('p', { class: 'quiet facts-line' }, structure && `${structure.format}, ${count(structure.columnCount, 'column', 'columns')}; `,
      count(dataset.fileCount, 'file', 'files'), ', ', size(dataset.size),
      dataset.ignoredCount > 0 && `, ${count(dataset.ignoredCount, 'marker or hidden name', 'markers or hidden names')} left out`,
      dataset.leftOut.count > 0 && `, ${count(dataset.leftOut.count, 'archived file', 'archived files')} left out`,
      '; imported ', time(dataset.createdAt), dataset.creator.name && [' by ', exact(dataset.creator.name)]),
  ];
}
