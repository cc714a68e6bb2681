import { all } from '../api.js';
import { again, button } from '../dom.js';
import './people-list.js';
import { addPerson } from './person-dialog.js';
import { forAdministrators, workspaceHead } from './tabs.js';

export const TITLE = 'People';

export async function show({ query, me, signal }) {
  if (!me.workspaceAdmin) return forAdministrators(TITLE);
  const list = document.createElement('people-list');
  list.people = await all('/v4/people', signal);
  list.me = me;
  list.wanted = query.get('find') ?? '';
  list.active = query.get('disabled') === 'no';
  return [workspaceHead('/people', me, button('Add person', () => addPerson(again), { class: 'main' })), list];
}
