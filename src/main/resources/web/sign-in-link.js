import { get } from './api.js';
import { ask, button, dialog, el } from './dom.js';
import { problem } from './feedback.js';
import { exact } from './format.js';
import { session } from './sign-in-again.js';

/**
 * Asks as whom to go on, where somebody is signed in and follows a link that signs in somebody else.
 *
 * @param leaving is given what to do once nothing is lost by it
 * @param begin loads the page anew
 */
export async function follow(token, leaving, begin) {
  const authorization = `Bearer ${token}`;
  const headers = { authorization, accept: 'application/json' };
  try {
    const here = await get('/session');
    const there = await (await session(authorization, { headers, credentials: 'omit' })).json();
    if (here.personId === there.personId && here.workspaceId === there.workspaceId) return;
    lasting(ask('Go on as whom?', [['The link signs in ', exact(there.email), ', and here ', exact(here.email), ' is signed in.']], {
      keep: ['Stay ', exact(here.email)],
      label: ['Go on as ', exact(there.email)],
      act: () => leaving(() => session(authorization, { method: 'POST', headers }).then(begin, refused)),
    }));
  } catch (failure) {
    refused(failure);
  }
}

function refused(failure) {
  const shown = dialog('The link signs nobody in', problem(failure), el('div', { class: 'actions' }, button('Close', () => shown.close())));
  lasting(shown);
}

/** Also when the view behind it is left. */
const lasting = shown => shown.classList.add('lasting');
