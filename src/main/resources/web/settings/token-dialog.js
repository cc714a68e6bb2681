import { html, LitElement, nothing } from 'lit';
import { post } from '../api.js';
import { dialog } from '../dom.js';
import { copy } from '../feedback.js';
import { choice, text } from '../fields.js';
import { submit } from '../forms.js';
import { exact, time } from '../format.js';
import { settled } from '../unsaved.js';

const DAY = 24 * 60 * 60;
const LIFETIMES = [[DAY, '1 day'], [7 * DAY, '7 days'], [30 * DAY, '30 days'], [90 * DAY, '90 days'], [365 * DAY, '1 year'], [-1, 'Never ends']].map(([seconds, label]) => [String(seconds), label]);

/**
 * Makes an access token and shows it once.
 *
 * @param person whose it becomes; the caller's own without one
 */
export async function tokenDialog({ person, done = () => {} }) {
  const form = Object.assign(document.createElement('token-form'), { person, done });
  form.shown = dialog('New access token', form);
  await form.updateComplete;
  form.querySelector('input').focus();
}

class TokenForm extends LitElement {
  static properties = { lifetime: { state: true }, made: { state: true }, said: { state: true }, busy: { state: true } };

  #description = '';

  constructor() {
    super();
    this.lifetime = String(90 * DAY);
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { person } = this;
    return this.made ? this.#once() : html`<form novalidate autocomplete="off" @submit=${this.#make}>
      ${person ? html`<p class="quiet">For ${exact(person.name)}, who can sign in with it.</p>` : nothing}
      ${text('description', 'What it is for', this.#description, description => { this.#description = description; }, { id: 'token-description', maxlength: 255, placeholder: 'nightly import' })}
      ${choice('lifetimeSeconds', 'Ends after', this.lifetime, LIFETIMES, lifetime => { this.lifetime = lifetime; })}
      <div class="problems"></div>
      <div class="actions"><button type="button" @click=${() => this.shown.close()}>Cancel</button>
        <button type="submit" class="main" ?disabled=${this.busy}>Make token</button></div></form>`;
  }

  #make(event) {
    submit(event, this, async form => {
      const description = this.#description.trim();
      const made = await post('/v4/apiAccessTokens', {
        lifetimeSeconds: Number(this.lifetime),
        ...(description && { description }),
        ...(this.person && { personId: this.person.id }),
      });
      settled(form);
      this.copy = copy(made.tokenValue, 'token', () => { this.said = 'Copied.'; });
      this.made = made;
      this.shown.addEventListener('close', this.done);
      await this.updateComplete;
      this.querySelector('button').focus();
    });
  }

  /** The only time that the value is seen: it goes with the dialog. */
  #once() {
    const { made: { tokenValue, tokenInfo }, person } = this;
    return html`
      <p>${person ? html`Hand it to ${exact(person.name)} in a safe way.` : 'Copy it now.'} It is not shown again, and Wharf does not keep it.</p>
      <div class="token"><code tabindex="0" aria-label="Access token">${tokenValue}</code>${this.copy || nothing}</div>
      <p class="note" role="status">${this.said}</p>
      <p class="quiet">${tokenInfo.expiredAt ? html`Ends ${time(tokenInfo.expiredAt)}.` : 'It never ends; revoke it when it is no longer needed.'}</p>
      <div class="actions"><button type="button" class="main" @click=${() => this.shown.close()}>Done</button></div>`;
  }
}

customElements.define('token-form', TokenForm);
