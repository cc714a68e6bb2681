import { html, LitElement, nothing } from 'lit';
import { put, read } from '../api.js';
import { Edited } from '../edited.js';
import { announce } from '../feedback.js';
import { exact } from '../format.js';
import { settled } from '../unsaved.js';

/** Where the caller's own are read and changed. */
export const STORAGE_PATH = '/v4/people/current/baseStorageConfigs';

const FIELDS = [
  ['outputHomeDir', 'Output home directory', 'Results go there, each job’s to a folder of its own, where the job names no other place. Nobody else may have the same one.'],
  ['uploadDir', 'Upload directory', '/trifacta/uploads, or a folder in it. What is there already stays where it is.'],
];

/** Where in base storage somebody's results and uploads go. */
class StorageForm extends LitElement {
  static properties = { config: { attribute: false }, wrong: { state: true }, failure: { state: true }, saving: { state: true } };

  #edited = new Edited(this, ({ s3 }) => FIELDS.map(([name, label]) => [label, s3[name]]), () => this.querySelector('form').requestSubmit());

  createRenderRoot() {
    return this;
  }

  /** @param seen as `read` answers it */
  begin(seen) {
    this.#edited.begin(STORAGE_PATH, seen, STORAGE_PATH);
    this.config = seen.value.s3;
  }

  render() {
    return html`<form novalidate @submit=${this.#save}>
      <p class="hint">${this.config.baseURL ? html`Paths in <code>${exact(this.config.baseURL)}</code>, which begin with a slash. Left empty, the default counts.` : 'There is no base storage yet; once there is, this is where your files go.'}</p>
      ${FIELDS.map(([name, label, hint]) => html`<div class="field" data-field=${name}>
        <label for=${name}>${label}</label>
        <input type="text" id=${name} name=${name} .value=${this.config[name]} aria-describedby="${name}-hint ${name}-wrong" aria-invalid=${this.wrong?.[name] ? 'true' : nothing} autocomplete="off" spellcheck="false">
        <p class="hint" id="${name}-hint">${hint}</p><p class="wrong" id="${name}-wrong">${this.wrong?.[name] ? exact(this.wrong[name]) : nothing}</p></div>`)}
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}${this.#edited.meanwhile}
      <div class="actions"><button type="submit" class="main" ?disabled=${this.saving}>Save</button></div></form>`;
  }

  async #save(event) {
    event.preventDefault();
    const form = event.target;
    // What somebody has changed elsewhere meanwhile stays as it is.
    const entered = Object.fromEntries(FIELDS
      .map(([name]) => [name, form.elements[name].value.trim() || null])
      .filter(([name, value]) => value !== this.config[name]));
    this.wrong = {};
    this.failure = null;
    this.saving = true;
    try {
      await this.#edited.send(put, { s3: entered });
      if (this.#edited.now) return;
      settled(form);
      this.begin(await read(STORAGE_PATH));
      for (const [name] of FIELDS) form.elements[name].value = this.config[name];
      announce('Saved where your files go.');
    } catch (failure) {
      const [, name, said] = /^(?:s3\.)?(\w+) (.*)$/s.exec(failure.message) ?? [];
      if (name in entered) this.wrong = { [name]: said.replace(/^./, first => first.toUpperCase()) };
      else this.failure = failure.message;
    } finally {
      this.saving = false;
    }
  }
}

customElements.define('storage-form', StorageForm);
