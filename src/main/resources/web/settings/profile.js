import { all, get, read } from '../api.js';
import { again, button, el, head } from '../dom.js';
import { busy } from '../feedback.js';
import { exact } from '../format.js';
import { showShortcuts } from '../shortcuts.js';
import './own-storage.js';
import { changePerson, ROLES } from './person-dialog.js';
import { STORAGE_PATH } from './storage-form.js';
import './token-list.js';

export const TITLE = 'Profile';

/** What is the caller's own: name and password, where their files go, and their tokens. */
export async function show({ me, signal }) {
  const [person, places, tokens, storage] = await Promise.all([
    get('/v4/people/current', signal),
    read(STORAGE_PATH, signal),
    all('/v4/apiAccessTokens', signal),
    document.createElement('own-storage').begin(me, signal),
  ]);
  const folders = document.createElement('storage-form');
  folders.begin(places);
  const list = document.createElement('token-list');
  list.tokens = tokens.reverse(); // newest first
  const change = button('Change name or password', event => busy(event.currentTarget, 'One moment…', () => changePerson(me.personId, me, again)));
  return [
    head(TITLE, button('Keyboard shortcuts', () => showShortcuts(), { class: 'plain' })),
    section('You', el('dl', { class: 'known' },
      el('dt', null, 'Name'), el('dd', null, exact(person.name)),
      el('dt', null, 'E-mail address'), el('dd', null, exact(person.email)),
      el('dt', null, 'Roles'), el('dd', null, person.authorizationRoles.map(role => ROLES[role]?.label ?? role).join(', ') || 'Member')),
      el('div', { class: 'actions' }, change)),
    section('Storage config', folders),
    section('Base storage', storage),
    section('Access tokens', list),
  ];
}

const section = (title, ...content) => el('section', { class: 'sheet' }, el('h2', null, title), ...content);
