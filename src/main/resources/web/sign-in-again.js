import { button, dialog, el } from './dom.js';
import { problem } from './feedback.js';
import { field, form, secret } from './forms.js';

let person;
let asking;

/** Whose page this is: what is open in it is for nobody else. */
export const belongsTo = me => { person = me; };

/** Says so with each request: another tab may have signed in somebody else. */
export const whose = () => (person ? { 'wharf-person': person.personId } : {});

/**
 * Asks who it is over whatever is open, so that nothing of it is lost; whoever needs a session meanwhile waits for the same.
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
    const finish = () => {
      done = true;
      shown.close();
    };
    const token = secret({ required: true, autofocus: true, autocomplete: 'off', autocapitalize: 'off' });
    const password = secret({ required: true, autocomplete: 'current-password' });
    const ways = [field('token', 'Access token', token), person && field('password', `Password of ${person.email}`, password)];
    const other = button('', () => choose(ways[0].hidden ? 0 : 1), { class: 'plain' });
    const node = form(async () => {
      const [input, authorization] = ways[0].hidden ? [password, `Basic ${base64(`${person.email}:${password.value}`)}`] : [token, `Bearer ${token.value.trim()}`];
      input.value = '';
      await begin(authorization);
      finish();
    }, [el('p', null, 'Your session has ended. Sign in, and go on where you were: nothing of this page is lost.'), elsewhere(finish), ways, person && other], [
      button('Not now', () => shown.close()),
      el('button', { type: 'submit', class: 'main' }, 'Sign in'),
    ]);
    node.dataset.passing = '';

    function choose(way) {
      ways.forEach((one, index) => {
        if (!one) return;
        one.hidden = index !== way;
        one.querySelector('input').disabled = index !== way;
      });
      other.textContent = way ? 'Use an access token' : 'Use the password';
      (way ? password : token).focus();
    }

    const shown = dialog('Sign in again', node);
    choose(person && localStorage.getItem('wharf.sign-in') === 'password' ? 1 : 0); // as on the way in
    shown.classList.add('lasting'); // also when the view behind it is left
    shown.addEventListener('close', () => resolve(done));
  });
}

/** The identity provider has a tab of its own, so that this page stays as it is. */
function elsewhere(finish) {
  if (!('provider' in document.body.dataset)) return null;
  const said = el('div', { role: 'status' });
  const back = new AbortController();
  addEventListener('focus', async () => {
    if (!said.isConnected) {
      back.abort();
      return;
    }
    try {
      const answer = await fetch('/session', { headers: { accept: 'application/json' } });
      if (!answer.ok) return;
      requireSame(await answer.json());
      back.abort();
      finish();
    } catch (failure) {
      said.replaceChildren(problem(failure));
    }
  }, { signal: back.signal });
  return el('div', { class: 'field' },
    el('a', { class: 'button main', href: '/session/oidc', target: '_blank', rel: 'noopener' }, 'Sign in with your organisation'),
    el('p', { class: 'hint' }, 'It opens a tab of its own. Come back to this one then.'), said);
}

/** In UTF-8; btoa takes single bytes only. */
const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function requireSame({ email, personId, workspaceId }) {
  if (person && (personId !== person.personId || workspaceId !== person.workspaceId)) {
    throw new Error(`That is ${email}, and this page is ${person.email}’s: sign in as the same person. To begin as somebody else, load the page anew.`);
  }
}

async function begin(authorization) {
  const headers = { authorization, accept: 'application/json' };
  requireSame(await (await session(authorization, { headers })).json());
  await session(authorization, { method: 'POST', headers });
}

/** @throws Error in words, where the service lets nobody in or cannot be reached */
export async function session(authorization, options) {
  let answer;
  try {
    answer = await fetch('/session', options);
  } catch {
    // A header takes only Latin-1: fetch refuses the rest before it asks anybody.
    throw new Error(/[^\x20-\x7e]/.test(authorization)
      ? 'A token has no blanks and no such characters; was it copied whole?'
      : 'Wharf cannot be reached. Check the network, and try again.');
  }
  if (!answer.ok) throw new Error((await answer.json()).detail);
  return answer;
}
