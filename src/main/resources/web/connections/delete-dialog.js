import { del } from '../api.js';
import { confirmed } from '../confirm.js';
import { el } from '../dom.js';
import { announce } from '../feedback.js';
import { exact } from '../format.js';

/** Asks once more; a refusal says what uses the connection. */
export function deleteDialog(connection) {
  confirmed('Delete connection?', [
    ['Its key pairs are destroyed, and everybody with whom it is shared loses it: ', el('strong', null, exact(connection.name)), '. Nothing in its buckets changes.'],
  ], {
    label: 'Delete',
    doing: 'Deleting…',
    act: () => del(`/v4/connections/${connection.id}`),
    done() {
      announce('Deleted ', exact(connection.name), '.');
      window.location.hash = '/connections';
    },
  });
}
