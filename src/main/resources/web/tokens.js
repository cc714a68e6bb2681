import { all, del, get } from './api.js';
import { again, button, dialog, el, empty, table } from './dom.js';
import { announce, busy, problem } from './feedback.js';
import { exact, time } from './format.js';
import { changePerson } from './person-dialog.js';
import { settingsHead } from './settings.js';
import { tokenDialog } from './token-dialog.js';

export const TITLE = 'Access tokens';

export async function show({ me, signal }) {
  const tokens = (await all('/v4/apiAccessTokens', signal)).reverse(); // newest first
  const list = table('My access tokens', [
    { label: 'What for', kind: 'wide', cell: row => (row.description ? exact(row.description) : el('span', { class: 'quiet' }, 'no description')) },
    { label: 'Ends', kind: 'when', cell: ends },
    { label: 'Last used', kind: 'when', cell: row => time(row.lastUsed) || el('span', { class: 'quiet' }, 'never') },
    { label: 'Made', kind: 'when', cell: row => time(row.createdAt) },
    { label: 'Actions', hidden: true, kind: 'do', cell: row => button('Revoke', () => revoke(row), { class: 'plain bad', 'aria-label': `Revoke ${row.description ?? 'the token without a description'}` }) },
  ]);
  list.add(tokens);
  const make = button('New token', () => tokenDialog({ done: again }), { class: 'main' });
  const myself = button('My name and password', event => busy(event.currentTarget, 'One moment…', async () => changePerson(await get('/v4/people/current'), me, again)), { class: 'plain' });
  return [
    settingsHead('tokens', me, myself, make),
    el('p', { class: 'lead quiet' }, 'For scripts and programs that work in your name, and for signing in here. They may do whatever you may.'),
    tokens.length ? list.node : empty('You have no access tokens.'),
  ];
}

const expired = row => row.expiredAt && new Date(row.expiredAt) <= Date.now();

function ends(row) {
  if (!row.expiredAt) return 'never';
  return expired(row) ? el('span', { class: 'badge state failed' }, 'Ended ', time(row.expiredAt)) : time(row.expiredAt);
}

function revoke(token) {
  const wrong = el('div');
  const asked = dialog('Revoke token?',
    el('p', null, el('strong', null, token.description ? exact(token.description) : 'The token without a description'), ' is refused from now on, and what uses it stops working. If you have signed in with it, you are signed out.'),
    wrong,
    el('div', { class: 'actions' }, button('Keep', () => asked.close(), { autofocus: true }),
      button('Revoke', event => busy(event.currentTarget, 'Revoking…', async () => {
        try {
          await del(`/v4/apiAccessTokens/${token.tokenId}`);
          asked.close();
          announce('The token is revoked.');
          again();
        } catch (failure) {
          wrong.replaceChildren(problem(failure));
        }
      }), { class: 'bad' })));
}
