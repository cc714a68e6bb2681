import { html, LitElement } from 'lit';
import { repeatable } from './api.js';
import { dialog } from './dom.js';
import { text } from './fields.js';
import { submit } from './forms.js';
import { settled } from './unsaved.js';

/**
 * Asks under what name something is made, and makes it once.
 *
 * @param asked `{ said, label, name, verb, path }`: a sentence about it, what the name is of, a proposal, what the button says,
 *     and where it is posted
 * @param done is given what was made, null where it was made before, and its name
 */
export async function nameDialog(title, asked, done) {
  const form = Object.assign(document.createElement('name-form'), asked, { done });
  form.shown = dialog(title, form);
  await form.updateComplete;
  form.querySelector('input').select();
}

class NameForm extends LitElement {
  static properties = { name: { state: true }, busy: { state: true } };

  #post = repeatable();

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<form novalidate autocomplete="off" @submit=${this.#make}>
      <p>${this.said}</p>
      ${text('name', this.label, this.name, name => { this.name = name; }, { id: 'new-name', required: true, maxlength: 255 })}
      <div class="problems"></div>
      <div class="actions"><button type="button" @click=${() => this.shown.close()}>Cancel</button>
        <button type="submit" class="main" ?disabled=${this.busy}>${this.verb}</button></div></form>`;
  }

  #make(event) {
    submit(event, this, async form => {
      const name = this.name.trim();
      const made = await this.#post(this.path, { name });
      settled(form);
      this.shown.close();
      this.done(made, name);
    });
  }
}

customElements.define('name-form', NameForm);
