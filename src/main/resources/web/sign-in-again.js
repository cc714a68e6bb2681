import { html, LitElement, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { dialog, el } from './dom.js';
import { problem } from './feedback.js';
import { text } from './fields.js';
import { submit } from './forms.js';

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
    const form = document.createElement('sign-in-form');
    let done = false;
    form.done = () => {
      done = true;
      shown.close();
    };
    form.elsewhere = elsewhere(form.done);
    const shown = form.shown = dialog('Sign in again', form);
    shown.classList.add('lasting'); // also when the view behind it is left
    shown.addEventListener('close', () => resolve(done));
  });
}

class SignInForm extends LitElement {
  static properties = { way: { state: true }, busy: { state: true } };

  #typed = '';

  constructor() {
    super();
    this.way = person && localStorage.getItem('wharf.sign-in') === 'password' ? 'password' : 'token'; // as on the way in
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const [label, autocomplete, other] = this.way === 'token'
      ? ['Access token', 'off', 'Use the password'] : [`Password of ${person.email}`, 'current-password', 'Use an access token'];
    return html`<form data-passing novalidate autocomplete="off" @submit=${this.#signIn}>
      <p>Your session has ended. Sign in, and go on where you were: nothing of this page is lost.</p>
      ${this.elsewhere ?? nothing}
      ${keyed(this.way, text(this.way, label, '', typed => { this.#typed = typed; }, { id: 'again', type: 'password', required: true, autocomplete }))}
      ${person ? html`<button type="button" class="plain" @click=${() => { this.way = this.way === 'token' ? 'password' : 'token'; }}>${other}</button>` : nothing}
      <div class="problems"></div>
      <div class="actions"><button type="button" @click=${() => this.shown.close()}>Not now</button>
        <button type="submit" class="main" ?disabled=${this.busy}>Sign in</button></div></form>`;
  }

  updated(changed) {
    if (!changed.has('way')) return;
    this.#typed = '';
    this.querySelector('input').focus();
  }

  #signIn(event) {
    submit(event, this, async () => {
      const authorization = this.way === 'token' ? `Bearer ${this.#typed.trim()}` : `Basic ${base64(`${person.email}:${this.#typed}`)}`;
      this.#typed = this.querySelector('input').value = '';
      await begin(authorization);
      this.done();
    });
  }
}

customElements.define('sign-in-form', SignInForm);

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
