import { all } from './api.js';
import { again, button, el, empty, table } from './dom.js';
import { checkbox, text } from './forms.js';
import { exact } from './format.js';
import { addPerson, changePerson, ROLES } from './person-dialog.js';
import { settingsHead } from './settings.js';
import { tokenDialog } from './token-dialog.js';

export const TITLE = 'People';

export async function show({ me, signal }) {
  const people = await all('/v4/people', signal);
  const list = table('People', [
    { label: 'Name', kind: 'wide', cell: row => [exact(row.name), row.id === me.personId && ' (you)', row.isDisabled && el('span', { class: 'badge warned' }, 'Disabled'), el('div', { class: 'quiet' }, exact(row.email))] },
    { label: 'Roles', cell: row => roles(row) },
    { label: 'Actions', hidden: true, kind: 'do', cell: row => actions(row, me) },
  ]);
  const wanted = el('input', { type: 'search', 'aria-label': 'Find people', placeholder: 'Find by name or address' });
  const disabled = checkbox({ checked: true });
  const none = empty('Nobody is called so.');
  const filter = () => {
    const part = wanted.value.trim().toLowerCase();
    const found = people.filter(person => (disabled.checked || !person.isDisabled) && `${person.name}\n${person.email}`.toLowerCase().includes(part));
    list.clear();
    list.add(found);
    list.node.hidden = !(none.hidden = found.length > 0);
  };
  wanted.addEventListener('input', filter);
  disabled.addEventListener('change', filter);
  filter();
  return [
    settingsHead('people', me, me.workspaceAdmin && button('Add person', () => addPerson(again), { class: 'main' })),
    el('div', { class: 'tools' }, el('div', { class: 'search' }, wanted), el('label', { class: 'check' }, disabled, ' Show disabled')),
    list.node, none,
  ];
}

const roles = row => (row.authorizationRoles.length
  ? row.authorizationRoles.map(role => ROLES[role]?.label ?? role).join(', ')
  : el('span', { class: 'quiet' }, 'Member'));

function actions(person, me) {
  if (!me.workspaceAdmin && person.id !== me.personId) return null;
  return el('div', { class: 'actions' },
    button('Change', () => changePerson(person, me, again), { 'aria-label': `Change ${person.name}` }),
    person.id !== me.personId && !person.isDisabled
      && button('Token', () => tokenDialog({ person }), { class: 'plain', 'aria-label': `Make an access token for ${person.name}` }));
}
