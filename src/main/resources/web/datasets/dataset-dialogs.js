import { all, del, get } from '../api.js';
import { button, dialog, el, link } from '../dom.js';
import { announce, busy, problem } from '../feedback.js';
import { exact } from '../format.js';
import { nameDialog } from '../name-dialog.js';
import './source-changes.js';

const RUNNING = new Set(['Created', 'Pending', 'InProgress']);

/** Shows what is new, changed and gone in the source, to take it over or not. */
export function lookAgain(dataset) {
  const changes = Object.assign(document.createElement('source-changes'), { imported: dataset, close: () => shown.close() });
  const shown = dialog('What has changed in the source', el('p', { class: 'quiet' }, exact(dataset.name)), changes);
}

export const copyDataset = dataset => nameDialog('Copy dataset', {
  said: 'The copy has the files that the dataset has now. Either is changed without the other.',
  label: 'Name of the copy',
  name: `Copy of ${dataset.name}`.slice(0, 255),
  verb: 'Copy',
  path: `/v4/importedDatasets/${dataset.id}/copy`,
}, copy => {
  announce('Copied ', exact(dataset.name), '.');
  window.location.hash = copy ? `/datasets/${copy.id}` : '/datasets';
});

/** Says who still needs it before it goes. */
export function deleteDataset(dataset) {
  const needs = el('div', { role: 'status' }, el('p', { class: 'quiet' }, 'Looking who needs it…'));
  const wrong = el('div');
  const shown = dialog('Delete dataset?',
    el('p', null, el('strong', null, exact(dataset.name)), ' is taken out of the list. Its files stay where they are, and so do results of its jobs.'),
    needs, wrong,
    el('div', { class: 'actions' },
      button('Keep', () => shown.close(), { autofocus: true }),
      button('Delete', event => busy(event.currentTarget, 'Deleting…', async () => {
        try {
          await del(`/v4/importedDatasets/${dataset.id}`);
          shown.close();
          announce('Deleted ', exact(dataset.name), '.');
          window.location.hash = '/datasets';
        } catch (failure) {
          wrong.replaceChildren(problem(failure));
        }
      }), { class: 'bad' })));
  users(dataset).then(found => needs.replaceChildren(...found), failure => needs.replaceChildren(problem(failure)));
}

async function users({ id }) {
  const [schedules, { nodes, edges }, recipes] = await Promise.all([
    all('/v4/schedules'), get(`/v4/importedDatasets/${id}/lineage`), all('/v4/wrangledDatasets'),
  ]);
  const reads = new Set(edges.filter(({ from }) => from === `importedDataset/${id}`).map(({ to }) => to));
  const needs = [
    ...schedules.filter(({ importedDataset }) => importedDataset?.id === id).map(({ id: schedule, name }) => ['The schedule ', link(`#/schedules/${schedule}`, exact(name)), ' refreshes it']),
    ...nodes.filter(({ name, status }) => reads.has(name) && RUNNING.has(status)).map(job => [link(`#/jobs/${job.id}`, `Job ${job.id}`), ' is reading it']),
    ...recipes.filter(({ importedDataset }) => importedDataset?.id === id).map(({ name }) => ['The recipe ', exact(name), ' of a flow reads it']),
  ];
  return needs.length
    ? [el('p', null, 'It is still needed:'), el('ul', { class: 'words' }, needs.map(need => el('li', null, ...need)))]
    : [el('p', { class: 'quiet' }, 'No schedule, flow or running job needs it.')];
}
