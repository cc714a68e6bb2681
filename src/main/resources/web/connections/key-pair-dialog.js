import { html, LitElement, nothing } from 'lit';
import { get, patch } from '../api.js';
import { button, dialog, el } from '../dom.js';
import { announce, problem } from '../feedback.js';
import { exact } from '../format.js';
import { settled } from '../unsaved.js';
import './connection-test.js';
import { parameterField } from './parameter-field.js';
import { aboutIt, asked, beginning, isCredential, parameterOf, put, sentAs } from './parameters.js';
import { failed, works } from './test-words.js';

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

const READING = { purpose: 'read' };

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
      <connection-test .fixed=${READING} .request=${() => ({ path: `/v4/connections/${this.connection.id}/dryRun`, json: this.#document })} .refuse=${failure => this.#refuse(failure)} @told=${this.#told}></connection-test>
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
    this.querySelector('connection-test').forget();
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
    this.doing = 'Testing…';
    const report = await this.querySelector('connection-test').test();
    this.doing = '';
    if (report && works(report)) await this.#put();
    else this.insist = true;
  }

  /** What a test has found stands at the field that is to blame as well. */
  #told({ detail: rows }) {
    const blamed = rows.find(row => failed(row) && row.field && row.needed);
    this.wrong = blamed ? { [parameterOf(blamed.field)]: blamed.message } : {};
  }

  async #put() {
    this.doing = 'Saving…';
    try {
      await patch(`/v4/connections/${this.connection.id}`, this.#document);
      settled(this.querySelector('form'));
      this.shown.close();
      announce('Saved the key pair of ', exact(this.connection.name), '.');
      this.done();
    } catch (failure) {
      this.#refuse(failure);
    } finally {
      this.doing = '';
    }
  }

  #refuse(failure) {
    const name = parameterOf(failure.message);
    if (name in this.values) this.wrong = { [name]: aboutIt(failure.message) };
    else this.failure = failure.message;
    return true;
  }
}

customElements.define('key-pair-form', KeyPairForm);
