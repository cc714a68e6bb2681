import { html, LitElement, nothing } from 'lit';
import { put } from '../api.js';
import { announce } from '../feedback.js';
import { exact } from '../format.js';
import { settled } from '../unsaved.js';

const FIELDS = [
  ['outputHomeDir', 'Output home directory', 'Results go there, each job’s to a folder of its own, where the job names no other place. Nobody else may have the same one.'],
  ['uploadDir', 'Upload directory', '/trifacta/uploads, or a folder in it. What is there already stays where it is.'],
];

/** Where in base storage somebody's results and uploads go. */
class StorageForm extends LitElement {
  static properties = { config: { attribute: false }, wrong: { state: true }, failure: { state: true }, saving: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<form novalidate @submit=${this.#save}>
      <p class="hint">${this.config.baseURL ? html`Paths in <code>${exact(this.config.baseURL)}</code>, which begin with a slash. Left empty, the default counts.` : 'There is no base storage yet; once there is, this is where your files go.'}</p>
      ${FIELDS.map(([name, label, hint]) => html`<div class="field" data-field=${name}>
        <label for=${name}>${label}</label>
        <input type="text" id=${name} name=${name} .value=${this.config[name]} aria-describedby="${name}-hint ${name}-wrong" aria-invalid=${this.wrong?.[name] ? 'true' : nothing} autocomplete="off" spellcheck="false">
        <p class="hint" id="${name}-hint">${hint}</p><p class="wrong" id="${name}-wrong">${this.wrong?.[name] ? exact(this.wrong[name]) : nothing}</p></div>`)}
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}
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
      const { s3 } = await put('/v4/people/current/baseStorageConfigs', { s3: entered });
      settled(form);
      this.config = s3;
      for (const [name] of FIELDS) form.elements[name].value = s3[name];
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
