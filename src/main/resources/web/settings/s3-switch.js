import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { patch } from '../api.js';
import { ask, el } from '../dom.js';
import { announce } from '../feedback.js';
import { exact } from '../format.js';

/** Whether anybody in the workspace gets to any S3 store. It stops everybody's work, so that one click does not turn it off. */
class S3Switch extends LitElement {
  static properties = { on: { attribute: false }, busy: { state: true }, failure: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<section class="sheet"><h2>${exact(this.workspace.name)}</h2>
      <div class="field check" data-field="aws.s3.enabled"><label for="s3">Enable S3 connectivity</label>
        <input type="checkbox" id="s3" aria-describedby="s3-hint" .checked=${live(this.on)} ?disabled=${this.busy} @change=${this.#change}>
        <p class="hint" id="s3-hint">Off, nobody in the workspace, and no job of theirs, gets to any S3 store, base storage included. Nothing is deleted: on again, all is as it was.</p></div>
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}</section>`;
  }

  #change(event) {
    const on = event.target.checked;
    event.target.checked = this.on; // until it is so
    if (on) {
      this.#turn(on);
      return;
    }
    ask('Turn S3 off for everybody?', [
      ['From now on nobody in ', el('strong', null, exact(this.workspace.name)), ' can browse, import, upload or run anything, base storage included, and jobs that have not ended fail when they next need a store.'],
      'Nothing is deleted. You can turn it on again here at any time.',
    ], { keep: 'Keep it on', label: 'Turn off for everybody', act: () => this.#turn(false) });
  }

  async #turn(on) {
    this.failure = null;
    this.busy = true;
    try {
      await patch('/v4/workspaces/current/configuration', { configuration: [{ key: 'aws.s3.enabled', value: String(on) }] });
      this.on = on;
      announce(`S3 connectivity is ${on ? 'on' : 'off'}.`);
    } catch (failure) {
      this.failure = failure.message;
    }
    this.busy = false;
    await this.updateComplete;
    this.querySelector('input').focus();
  }
}

customElements.define('s3-switch', S3Switch);
