import { del, get } from '../api.js';
import { confirmed } from '../confirm.js';
import { el, link } from '../dom.js';
import { announce, problem } from '../feedback.js';
import { exact } from '../format.js';

const AT_MOST = 100; // uses that are told

/** Asks once more, and says beforehand what needs the connection, and keeps it from being deleted. */
export function deleteDialog(connection) {
  const needed = el('div', { 'aria-live': 'polite' }, el('p', { class: 'quiet' }, 'Looking what needs it…'));
  get(`/v4/connections/${connection.id}/uses`)
    .then(({ data }) => needed.replaceChildren(...(data.length ? list(data) : [el('p', { class: 'quiet' }, 'Nothing needs it.')])))
    .catch(failure => needed.replaceChildren(problem(failure)));
  confirmed('Delete connection?', [
    ['Its key pairs are destroyed, and everybody with whom it is shared loses it: ', el('strong', null, exact(connection.name)), '. Nothing in its buckets changes.'],
  ], {
    about: needed,
    label: 'Delete',
    doing: 'Deleting…',
    act: () => del(`/v4/connections/${connection.id}`),
    done() {
      announce('Deleted ', exact(connection.name), '.');
      window.location.hash = '/connections';
    },
  });
}

function list(uses) {
  return [
    el('p', { class: 'warning' }, 'It cannot be deleted as long as it is needed. Delete or change these first:'),
    el('ul', { class: 'rows needed' }, uses.map(use => el('li', null, words(use)))),
    ...(uses.length === AT_MOST ? [el('p', { class: 'quiet' }, 'And perhaps more.')] : []),
  ];
}

function words({ type, id, name }) {
  if (type === 'importedDataset') return ['Dataset ', link(`#/datasets/${id}`, exact(name))];
  if (type === 'schedule') return ['Schedule ', link(`#/schedules/${id}`, exact(name))];
  if (type === 'jobGroup') return [link(`#/jobs/${id}`, `Job ${id}`), ', which is not over'];
  return `Output object ${id}, which a program has made and which writes there`;
}
