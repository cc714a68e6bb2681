import { button, dialog, el } from '../dom.js';
import { exact } from '../format.js';
import './share-people.js';
import './share-settings.js';

/**
 * With whom a connection is shared, and how.
 *
 * @param done what to do when it is closed and something is otherwise than before
 */
export function shareDialog({ connection, may, me, shares, people }, done) {
  const said = el('p', { class: 'note', role: 'status' });
  let changed = false;
  const tell = ({ detail }) => {
    changed = true;
    said.textContent = detail;
  };
  const list = document.createElement('share-people');
  Object.assign(list, { connection, may, me, shares, people });
  list.addEventListener('told', tell);
  list.addEventListener('left', () => {
    if (!me.workspaceAdmin && !connection.isGlobal) {
      changed = false; // there is nothing to show anew
      window.location.hash = '/connections';
    }
    shown.close();
  });
  const settings = may.edit && document.createElement('share-settings');
  if (settings) {
    Object.assign(settings, { connection, may });
    settings.addEventListener('told', tell);
  }
  const shown = dialog('Share',
    el('p', null, exact(connection.name), connection.isGlobal && ' is public: everybody in the workspace may use it.'),
    list, said, settings || '',
    el('div', { class: 'actions' }, button('Done', () => shown.close())));
  shown.classList.add('share');
  list.updateComplete.then(() => list.querySelector('input').focus());
  shown.addEventListener('close', () => changed && done());
}
