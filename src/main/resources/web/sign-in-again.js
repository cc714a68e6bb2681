import { button, dialog, el } from './dom.js';
import { field, form, secret } from './forms.js';

let person;
let asking;

/** Whose page this is: what is open in it is for nobody else. */
export const belongsTo = me => { person = me; };

/**
 * Asks for a token over whatever is open, so that nothing of it is lost; whoever needs one meanwhile waits for the same.
 *
 * @return a promise of whether there is a session again
 */
export function signInAgain() {
  asking ??= ask().finally(() => { asking = null; });
  return asking;
}

function ask() {
  return new Promise(resolve => {
    let done = false;
    const token = secret({ required: true, autofocus: true, autocomplete: 'off', autocapitalize: 'off' });
    const node = form(async () => {
      const value = token.value.trim();
      token.value = '';
      await begin(value);
      done = true;
      shown.close();
    }, [
      el('p', null, 'Your token has ended or was revoked. Sign in with another one, and go on where you were: nothing of this page is lost.'),
      field('token', 'Access token', token),
    ], [
      button('Not now', () => shown.close()),
      el('button', { type: 'submit', class: 'main' }, 'Sign in'),
    ]);
    node.dataset.passing = '';
    const shown = dialog('Sign in again', node);
    shown.classList.add('lasting'); // also when the view behind it is left
    shown.addEventListener('close', () => resolve(done));
  });
}

async function begin(token) {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const { email, personId, workspaceId } = await (await session(token, { headers })).json();
  if (person && (personId !== person.personId || workspaceId !== person.workspaceId)) {
    throw new Error(`That is a token of ${email}, and this page is ${person.email}’s: sign in as the same person. To begin as somebody else, load the page anew.`);
  }
  await session(token, { method: 'POST', headers });
}

async function session(token, options) {
  let answer;
  try {
    answer = await fetch('/session', options);
  } catch {
    // A header takes only Latin-1: fetch refuses the rest before it asks anybody.
    throw new Error(/[^\x21-\x7e]/.test(token)
      ? 'A token has no blanks and no such characters; was it copied whole?'
      : 'Wharf cannot be reached. Check the network, and try again.');
  }
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return answer;
}
