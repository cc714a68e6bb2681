import { del, get, post } from '../api.js';
import { button, dialog, el, table } from '../dom.js';
import { busy, problem } from '../feedback.js';
import { select } from '../forms.js';
import { exact } from '../format.js';
import { inviteForm } from './share-invite.js';
import { shareSettings } from './share-settings.js';

const ROLES = { connection_viewer: 'Viewer', connection_editor: 'Editor' };

/**
 * With whom a connection is shared, and how.
 *
 * @param done what to do when it is closed and something is otherwise than before
 */
export function shareDialog({ connection, may, me, shares, people }, done) {
  const path = `/v4/connections/${connection.id}/permissions`;
  const owner = people.find(person => person.id === connection.creator.id);
  const said = el('p', { class: 'note', role: 'status' });
  const wrong = el('div');
  let changed = false;

  const list = table('People who have it', [
    { label: 'Person', kind: 'wide', cell: row => [exact(row.name), row.id === me.personId && ' (you)', el('div', { class: 'quiet' }, exact(row.email))] },
    { label: 'Role', hidden: true, kind: 'do', cell: row => (row.policyTag ? role(row) : el('span', { class: 'quiet' }, 'Owner')) },
  ]);

  /** Viewers look; editors change and take back; everybody may give up their own. */
  function role(row) {
    const mine = row.id === me.personId;
    const choice = select(Object.entries(ROLES), { 'aria-label': `Role of ${row.name}` });
    choice.value = row.policyTag;
    choice.addEventListener('change', () => change(row, choice.value));
    return el('div', { class: 'actions' },
      may.edit && !mine ? choice : el('span', { class: 'quiet' }, ROLES[row.policyTag]),
      (may.edit || mine) && button(mine ? 'Leave' : 'Remove', event => busy(event.currentTarget, mine ? 'Leaving…' : 'Removing…', () => change(row, null)),
        { class: 'plain', 'aria-label': mine ? 'Leave the connection' : `Remove ${row.name}` }));
  }

  async function change(row, value) {
    wrong.replaceChildren();
    try {
      // A share never takes away, so that who becomes less is taken it from first.
      if (value !== 'connection_editor') await del(`${path}/${row.id}`);
      if (value) await post(path, { data: [{ person: { id: row.id }, policyTag: value }] });
      tell(value ? `${row.name} is ${ROLES[value].toLowerCase()} now.` : `${row.name} no longer has it.`);
      if (row.id === me.personId) left();
      else await refresh(row.id);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
      await refresh().catch(() => {}); // of two steps the first may have been done
    }
  }

  function left() {
    if (!me.workspaceAdmin && !connection.isGlobal) {
      changed = false; // there is nothing to show anew
      window.location.hash = '/connections';
    }
    asked.close();
  }

  function tell(text) {
    changed = true;
    said.textContent = text;
  }

  function show(rows) {
    list.clear();
    if (owner) list.add([{ id: owner.id, name: owner.name, email: owner.email }]);
    list.add(rows);
  }

  async function refresh(focused) {
    const { data } = await get(path);
    show(data);
    const row = data.find(({ id }) => id === focused);
    if (focused) (row ? list.node.querySelector(`[aria-label="${CSS.escape(`Role of ${row.name}`)}"]`) : asked.querySelector('input'))?.focus();
    shares = data;
  }

  show(shares);
  const asked = dialog('Share',
    el('p', null, exact(connection.name), connection.isGlobal && ' is public: everybody in the workspace may use it.'),
    inviteForm({ people, path, editors: may.edit, owner, held: () => shares, async done(text) { tell(text); await refresh(); } }),
    list.node, wrong, said,
    shareSettings(connection, may, tell),
    el('div', { class: 'actions' }, button('Done', () => asked.close())));
  asked.classList.add('share');
  asked.addEventListener('close', () => changed && done());
}
