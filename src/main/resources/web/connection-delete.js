import { del } from './api.js';
import { button, dialog, el } from './dom.js';
import { announce, busy, problem } from './feedback.js';
import { exact } from './format.js';

/** Asks once more; a refusal says what uses the connection. */
export function deleteDialog(connection) {
  const wrong = el('div');
  const sure = button('Delete', event => busy(event.currentTarget, 'Deleting…', async () => {
    wrong.replaceChildren();
    try {
      await del(`/v4/connections/${connection.id}`);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
      return;
    }
    asked.close();
    announce('Deleted ', exact(connection.name), '.');
    window.location.hash = '/connections';
  }), { class: 'bad' });
  const asked = dialog('Delete connection?',
    el('p', null, 'Its key pairs are destroyed, and everybody with whom it is shared loses it: ', el('strong', null, exact(connection.name)), '. Nothing in its buckets changes.'),
    wrong,
    el('div', { class: 'actions' }, button('Keep', () => asked.close(), { autofocus: true }), sure));
}
