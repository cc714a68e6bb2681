import { html, LitElement, nothing } from 'lit';
import { get, lines, patch } from '../api.js';
import { button, dialog, el } from '../dom.js';
import { announce, problem } from '../feedback.js';
import { exact } from '../format.js';
import { settled } from '../unsaved.js';
import { parameterField } from './parameter-field.js';
import { aboutIt, asked, beginning, isCredential, parameterOf, put, sentAs } from './parameters.js';
import { verdict, works } from './test-words.js';

/** Asks for another key pair: the one of all who have the connection, or the caller's own where it is not shared. */
export async function keyPairDialog(connection, done) {
  const content = el('div', null, el('p', { class: 'quiet', role: 'status' }, 'One moment…'));
  const shared = connection.credentialsShared;
  const shown = dialog(shared ? 'Rotate key pair' : 'My key pair',
    el('p', { class: 'quiet' }, 'For ', exact(connection.name), shared
      ? '. The new key pair counts from the next request on, for everybody; what is being transferred goes on. Withdraw the old one at the store afterwards.'
      : '. Kept encrypted, and used by nobody else.'), content);
  try {
    const { connectionMetadata } = await get('/v4/connectorMetadata/aws');
    const form = document.createElement('key-pair-form');
    form.begin(connection, connectionMetadata.connectionParameters, shown, done);
    content.replaceChildren(form);
    await form.updateComplete;
    form.querySelector('input').focus();
  } catch (failure) {
    content.replaceChildren(problem(failure), el('div', { class: 'actions' }, button('Close', () => shown.close())));
  }
}

/** Tries what was entered before it counts; what does not work is saved only by who insists. */
class KeyPairForm extends LitElement {
  static properties = { values: { state: true }, wrong: { state: true }, failure: { state: true }, doing: { state: true }, insist: { state: true } };

  createRenderRoot() {
    return this;
  }

  begin(connection, parameters, shown, done) {
    Object.assign(this, { connection, shown, done, wrong: {} });
    this.parameters = parameters.filter(({ name }) => isCredential(name));
    const begun = Object.keys(beginning(this.parameters)).map(name => [name, null]);
    this.values = { ...Object.fromEntries(begun), credentialType: connection.credentialType };
  }

  render() {
    const fields = asked(this.parameters, this.values, this.connection.hasCredentials ? 'kept' : null);
    const must = name => ['credentials[0].key', 'credentials[0].secret'].includes(name) && this.connection.credentialType !== 'iamRoleArn';
    return html`<form novalidate autocomplete="off" @submit=${this.#save}>
      ${fields.map(parameter => parameterField({ ...parameter, needed: parameter.needed || must(parameter.name), nothing: must(parameter.name) ? null : parameter.nothing }, this.values[parameter.name], this.wrong[parameter.name], value => this.#set(parameter.name, value)))}
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}
      <p role="status" class="quiet">${this.doing}</p>
      <div class="actions"><button type="button" @click=${() => this.shown.close()}>Cancel</button>
        ${this.insist ? html`<button type="button" class="bad" @click=${() => this.#put()}>Save all the same</button>` : nothing}
        <button type="submit" class="main" ?disabled=${Boolean(this.doing)}>Test and save</button></div></form>`;
  }

  #set(name, value) {
    this.values = { ...this.values, [name]: value };
    this.wrong = { ...this.wrong, [name]: null };
    this.insist = false;
  }

  get #document() {
    const entered = Object.keys(this.values).filter(name => isCredential(name) && this.values[name] !== null);
    return entered.reduce((body, name) => put(body, sentAs(name, this.connection.credentialType), this.values[name]), {});
  }

  async #save(event) {
    event.preventDefault();
    this.failure = null;
    const missing = [...event.target.elements].filter(input => input.willValidate && !input.checkValidity());
    this.wrong = Object.fromEntries(missing.map(input => [input.closest('[data-field]').dataset.field, input.validationMessage]));
    if (missing.length) {
      missing[0].focus();
      return;
    }
    await this.#attempt('Testing…', async () => {
      let report;
      for await (const some of lines(`/v4/connections/${this.connection.id}/dryRun?purpose=read`, undefined, this.#document)) report = some.find(({ type }) => type === 'report')?.report ?? report;
      if (works(report)) {
        await this.#put();
        return;
      }
      const blamed = report.rows.find(({ field, needed }) => field && needed);
      this.wrong = blamed ? { [parameterOf(blamed.field)]: blamed.message } : {};
      this.failure = verdict(report);
      this.insist = true;
    });
  }

  #put() {
    return this.#attempt('Saving…', async () => {
      await patch(`/v4/connections/${this.connection.id}`, this.#document);
      settled(this.querySelector('form'));
      this.shown.close();
      announce('Saved the key pair of ', exact(this.connection.name), '.');
      this.done();
    });
  }

  async #attempt(doing, work) {
    this.doing = doing;
    try {
      await work();
    } catch (failure) {
      const name = parameterOf(failure.message);
      if (name in this.values) this.wrong = { [name]: aboutIt(failure.message) };
      else this.failure = failure.message;
      this.insist = true;
    } finally {
      this.doing = '';
    }
  }
}

customElements.define('key-pair-form', KeyPairForm);
