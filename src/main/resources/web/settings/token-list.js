import { html, LitElement, nothing } from 'lit';
import { del } from '../api.js';
import { confirmed } from '../confirm.js';
import { again, el } from '../dom.js';
import { announce } from '../feedback.js';
import { exact, time, visible } from '../format.js';
import { tokenDialog } from './token-dialog.js';

const UNNAMED = 'the token without a description';

/** Somebody's access tokens, and the way to another one: the caller's own without `person`. */
class TokenList extends LitElement {
  static properties = { tokens: { attribute: false }, person: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`${this.person ? nothing : html`<p class="quiet">For scripts and programs that work in your name, and for signing in here. They may do whatever you may.</p>`}
      ${this.tokens.length ? html`<ul class="rows">${this.tokens.map(token => this.#row(token))}</ul>` : html`<p class="quiet">${this.person ? 'There are' : 'You have'} no access tokens.</p>`}
      <div class="actions"><button type="button" @click=${() => tokenDialog({ person: this.person, done: again })}>New token</button></div>`;
  }

  #row(token) {
    const { description, expiredAt, lastUsed, createdAt } = token;
    const ended = expiredAt && new Date(expiredAt) <= Date.now();
    return html`<li><div class="what">${description ? html`<strong>${exact(description)}</strong>` : html`<span class="quiet">no description</span>`}
        ${ended ? html`<span class="badge failed">Ended ${time(expiredAt)}</span>` : nothing}
        <div class="quiet">${ended ? nothing : html`${expiredAt ? html`Ends ${time(expiredAt)}` : 'Never ends'} · `}${lastUsed ? html`used ${time(lastUsed)}` : 'never used'} · made ${time(createdAt)}</div></div>
      <button type="button" class="plain bad" aria-label=${`Revoke ${visible(description ?? UNNAMED)}`} @click=${() => this.#revoke(token)}>Revoke</button></li>`;
  }

  #revoke({ tokenId, description }) {
    confirmed('Revoke token?', [
      [el('strong', null, description ? exact(description) : 'The token without a description'), ' is refused from now on, and what uses it stops working. ', this.person ? 'Who has signed in with it is signed out.' : 'If you have signed in with it, you are signed out.'],
    ], {
      label: 'Revoke',
      doing: 'Revoking…',
      act: () => del(`/v4/apiAccessTokens/${tokenId}`),
      done() {
        announce('The token is revoked.');
        again();
      },
    });
  }
}

customElements.define('token-list', TokenList);
