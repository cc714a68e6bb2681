import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { patch } from '../api.js';
import { ask } from '../dom.js';
import { exact } from '../format.js';

/** Whether a connection's key pair is shared as well, and whether everybody has the connection. */
class ShareSettings extends LitElement {
  static properties = { asking: { state: true }, busy: { state: true }, failure: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    const { connection, may } = this;
    return html`<div class="how">
      <div class="field check"><label for="share-credentials">Share credentials</label>
        <input id="share-credentials" type="checkbox" aria-describedby="share-credentials-hint" .checked=${live(connection.credentialsShared)} ?disabled=${this.busy} @change=${this.#credentials}>
        <p class="hint" id="share-credentials-hint">Everybody works with the owner’s key pair, and nobody sees it. Otherwise each person enters their own; that holds for all who have the connection already.</p></div>
      ${may.publish ? html`<div class="publish">${this.#publish()}</div>` : nothing}
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}</div>`;
  }

  #publish() {
    if (this.connection.isGlobal) return html`<p class="quiet" tabindex="-1">Public: everybody in the workspace may use it.</p>`;
    if (!this.asking) return html`<button type="button" @click=${() => this.#askToPublish(true)}>Make public…</button><p class="hint">Only people who are added have it. Public cannot be taken back.</p>`;
    return html`<p class="warning">Everybody in the workspace will be able to use it. This cannot be taken back: a public connection can only be deleted.</p>
      <div class="actions"><button type="button" @click=${() => this.#askToPublish(false)}>Keep it private</button>
        <button type="button" class="bad" ?disabled=${this.busy} @click=${() => this.#save({ isGlobal: true }, 'It is public now.', '.publish p')}>Make public for good</button></div>`;
  }

  async #askToPublish(asking) {
    this.asking = asking;
    await this.updateComplete;
    this.querySelector('.publish button').focus();
  }

  #credentials(event) {
    const on = event.target.checked;
    event.target.checked = !on; // until it is so
    const save = () => this.#save({ credentialsShared: on }, on ? 'Everybody works with the owner’s key pair now.' : 'Everybody enters their own key pair now.', '#share-credentials');
    if (on) save();
    else ask('Stop sharing the key pair?', ['Whoever has this connection and no key pair of their own cannot use it any more until they enter one, and their jobs fail.'], { keep: 'Keep sharing', label: 'Stop sharing', act: save });
  }

  /** @param focused what has the focus afterwards */
  async #save(change, text, focused) {
    this.failure = null;
    this.busy = true;
    try {
      await patch(`/v4/connections/${this.connection.id}`, change);
      Object.assign(this.connection, change);
      this.dispatchEvent(new CustomEvent('told', { detail: text }));
    } catch (failure) {
      this.failure = failure.message;
    }
    this.busy = false;
    await this.updateComplete;
    this.querySelector(focused)?.focus();
  }
}

customElements.define('share-settings', ShareSettings);
