import { html, LitElement, nothing } from 'lit';
import { get, patch, Problem, read, repeatable } from '../api.js';
import { head } from '../dom.js';
import { Edited } from '../edited.js';
import { announce } from '../feedback.js';
import { exact } from '../format.js';
import { settled } from '../unsaved.js';
import { query } from '../uris.js';
import './connection-test.js';
import { parameterField } from './parameter-field.js';
import { aboutIt, asked, at, beginning, isCredential, parameterOf, put, sentAs } from './parameters.js';
import { begun, endpointOf, storeOf } from './stores.js';
import { failed, verdict, works } from './test-words.js';
import { remember } from './tested.js';

export const TITLE = 'Connection';

const FIXED = { vendor: 'aws', vendorName: 'aws', type: 'remotefile' };
const CREDENTIAL = ['credentialType', ...['iamRoleArn', 'externalId', 'key', 'secret'].map(part => `credentials[0].${part}`)];
const WRITING = ['credentials[0].serverSideEncryption', 'credentials[0].serverSideKmsKeyId'];
const NAMING = ['name', 'description'];
// With whom a saved connection is shared, and how, is asked where it is shared.
const SHARING = ['credentialsShared', 'isGlobal'];
// What makes no difference to whether a connection works.
const ASIDE = [...NAMING, ...SHARING, 'disableTypeInference'];

/** Asks for a new connection to a store of this kind, or what to change in the one of this number. */
export async function show({ id, me, signal }) {
  const store = storeOf(id);
  if (!store && !/^\d+$/.test(id)) throw new Problem(404, `There is no kind of store called ${id}: choose one in the gallery, under Create Connection.`);
  const [{ connectionMetadata: kind }, seen] = await Promise.all([
    get('/v4/connectorMetadata/aws', signal),
    store ? null : read(`/v4/connections/${id}`, signal),
  ]);
  const form = document.createElement('connection-form');
  const saved = seen?.value;
  form.begin({ kind, saved, store, me });
  if (seen) form.edited.begin(`/v4/connections/${id}`, seen);
  return [head(saved ? ['Change ', exact(saved.name)] : `New connection: ${store.kind === 'aws' ? kind.displayName : store.name}`), form];
}

/** Tries what was entered before it counts; what does not work is saved only by who insists. */
class ConnectionForm extends LitElement {
  static properties = { values: { state: true }, wrong: { state: true }, failure: { state: true }, doing: { state: true }, insist: { state: true } };

  #create = repeatable();

  #refused; // at a field, when it was tried or saved last

  edited = new Edited(this, connection => this.#facts(connection), () => this.#store());

  createRenderRoot() {
    return this;
  }

  begin({ kind, saved, store, me }) {
    const types = saved ? [saved.credentialType] : ['keySecret', 'iamRoleArn'].filter(type => kind.credentialTypes.includes(type));
    const choice = types.length > 1 ? [{ name: 'credentialType', displayName: 'Used by', type: 'enum', values: types, default: types[0], description: 'This cannot be changed later.' }] : [];
    const offered = ({ name }) => (SHARING.includes(name) ? !saved && (name !== 'isGlobal' || me.workspaceAdmin) : true);
    this.parameters = [...choice, ...kind.connectionParameters.filter(offered)];
    this.saved = saved;
    this.store = store;
    this.pair = saved && (saved.hasCredentials ? 'kept' : 'none');
    this.values = { ...beginning(this.parameters), credentialType: types[0] };
    if (saved) for (const { name } of kind.connectionParameters) this.values[name] = isCredential(name) ? null : at(saved, name) ?? null;
    else Object.assign(this.values, begun(store));
    this.aws = !this.values['params.endpoint']; // whose endpoint nobody has to know
    this.initial = { ...this.values };
    this.wrong = {};
  }

  render() {
    const { store, saved } = this;
    const shown = asked(this.parameters, this.values, this.pair);
    const groups = [['Where', [...(this.aws ? [] : ['params.endpoint']), 'params.region', 'bucket']], ['Credentials', CREDENTIAL], ['When writing', WRITING]];
    const grouped = [...groups.flatMap(([, names]) => names), ...NAMING, ...SHARING];
    const field = ({ name }) => parameterField(shown.find(one => one.name === name), this.values[name], this.wrong[name], (value, wrong) => this.#set(name, value, wrong));
    const fields = names => names.map(name => shown.find(one => one.name === name)).filter(Boolean).map(field);
    return html`
      <p class="lead quiet">${saved ? 'The kind cannot be changed; for another one, delete the connection and make a new one.' : store.about} ${saved ? nothing : html`<a href="#/connections/new">Another store</a>`}</p>
      <form autocomplete="off" novalidate @submit=${this.#save}>
        ${groups.map(([legend, names]) => html`<fieldset><legend>${legend}</legend>${saved && names === CREDENTIAL ? html`<p class="hint">${whose(saved)}</p>` : nothing}${fields(names)}</fieldset>`)}
        <details class="more-settings" ?open=${this.#more(grouped)}><summary>More settings</summary>${shown.filter(({ name }) => !grouped.includes(name)).map(field)}</details>
        <fieldset><legend>Try it</legend><connection-test .request=${() => this.#request()} .refuse=${failure => this.#refuse(failure)} .now=${name => this.values[name]} .change=${(name, value) => this.#set(name, value)}
          .remark=${saved && !saved.policyTag ? 'It is private to others: tried is what you enter here, the key pair included.' : null} @told=${this.#told}></connection-test></fieldset>
        <fieldset><legend>What it is called</legend>${fields(NAMING)}</fieldset>
        ${saved ? nothing : html`<fieldset><legend>Who has it</legend>${fields(SHARING)}</fieldset>`}
        <div class="problems">${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}${this.edited.meanwhile}</div>
        ${this.insist ? html`<div class="warning" role="alert"><p>${exact(this.insist)} Saved all the same, it fails for everybody who uses it until that is mended.</p></div>` : nothing}
        <div class="actions"><button type="submit" class="main" ?disabled=${Boolean(this.doing)}>${this.doing ?? (this.#tries ? 'Test and save' : 'Save')}</button>
          ${this.insist ? html`<button type="button" class="bad" ?disabled=${Boolean(this.doing)} @click=${() => this.#store()}>Save all the same</button>` : nothing}<a class="button" href=${saved ? `#/connections/${saved.id}` : '#/connections'}>Cancel</a></div>
      </form>`;
  }

  /** What others may have changed; a key pair is seen by nobody. */
  #facts(connection) {
    return this.parameters.filter(({ name }) => !isCredential(name)).map(({ name, displayName }) => [displayName, String(at(connection, name) ?? '')]);
  }

  /** What is wrong may not be hidden. */
  #more(grouped) {
    return Object.entries(this.wrong).some(([name, message]) => message && !grouped.includes(name));
  }

  #set(name, value, wrong = '') {
    const follows = name === 'params.region' && this.store && this.values['params.endpoint'] === endpointOf(this.store, this.values['params.region']);
    this.values = { ...this.values, [name]: value, ...(follows && { 'params.endpoint': endpointOf(this.store, value) }) };
    this.wrong = { ...this.wrong, [name]: wrong };
    this.insist = null;
    this.querySelector('connection-test').forget();
    return this.updateComplete;
  }

  get #changed() {
    return Object.keys(this.values).filter(name => this.values[name] !== this.initial[name]);
  }

  #document(names) {
    const whole = !this.saved;
    const of = asked(this.parameters, this.values, this.pair).map(({ name }) => name);
    const sent = [...new Set([...(whole ? ['credentialType'] : []), ...of])].filter(name => names.includes(name) && !(whole && this.values[name] === null));
    return sent.reduce((body, name) => put(body, sentAs(name, this.values.credentialType), this.values[name]), whole ? { ...FIXED, params: {} } : {});
  }

  /** What would be saved; what an administrator manages and may not use is tried as a new one would be. */
  #request() {
    const { saved } = this;
    if (saved?.policyTag) return { path: `/v4/connections/${saved.id}/dryRun`, json: this.#document(this.#changed) };
    if (saved && !this.values['credentials[0].key']) throw new Problem(400, 'credentials[0].key is missing: the stored key pair is for those only who have the connection');
    const names = Object.keys(this.values).filter(name => !SHARING.includes(name) && this.values[name] !== null);
    const body = names.reduce((document, name) => put(document, sentAs(name, this.values.credentialType), this.values[name]), { ...FIXED, params: {} });
    return { path: '/v4/connections/dryRun', json: { ...body, name: body.name ?? 'Not saved yet' } };
  }

  /** What a test has found stands at the field that is to blame as well, until another one finds it well. */
  #told({ detail: rows }) {
    const blamed = rows.filter(row => row.field && failed(row) && row.needed);
    const before = Object.entries(this.wrong).filter(([name, message]) => this.blamed?.[name] !== message);
    this.blamed = Object.fromEntries(blamed.map(row => [parameterOf(row.field), row.message]));
    this.wrong = { ...Object.fromEntries(before), ...this.blamed };
  }

  async #save(event) {
    event.preventDefault();
    const form = event.target;
    this.failure = null;
    const missing = [...form.elements].filter(input => input.willValidate && !input.checkValidity());
    if (missing.length) {
      this.#point(Object.fromEntries(missing.map(input => [input.closest('[data-field]').dataset.field, input.validationMessage])));
      return;
    }
    if (!this.#tries) {
      this.#store();
      return;
    }
    const tried = this.values;
    this.#refused = false;
    const test = this.querySelector('connection-test');
    this.insist = null;
    this.doing = 'Testing…';
    const report = await test.test();
    this.doing = null;
    if (tried !== this.values) return; // it is of something else by now
    if (report && works(report)) this.#store(report);
    else if (report || !this.#refused) {
      this.insist = report ? verdict(report) : test.failure?.message ?? 'It was not tried to the end.';
      this.#point({});
    }
  }

  /** Whether there is something to try: what an administrator manages and may not use is so only with a key pair. */
  get #tries() {
    const { saved } = this;
    if (saved && !saved.policyTag && !this.values['credentials[0].key']) return false;
    return !saved || this.#changed.some(name => !ASIDE.includes(name));
  }

  /** @param report of a test of it, where there was one */
  async #store(report) {
    const { saved } = this;
    this.insist = null;
    this.doing = 'Saving…';
    try {
      const answer = saved
        ? this.#changed.length && await this.edited.send(patch, this.#document(this.#changed))
        : await this.#create('/v4/connections', this.#document(Object.keys(this.values)));
      if (this.edited.now) return;
      settled(this.querySelector('form'));
      announce('Saved ', exact(this.values.name), '.');
      if (answer && report) remember(answer, report);
      const id = answer?.id ?? saved?.id;
      window.location.hash = id ? `/connections/${id}?${query({ ...(answer && { region: this.values['params.region'] ?? 'us-east-1' }) })}` : '/connections';
    } catch (failure) {
      if (!this.#refuse(failure)) this.failure = failure.message;
    } finally {
      this.doing = null;
    }
  }

  /** A detail begins with the name of the field that it is about; what names none is shown above the buttons. */
  #refuse(failure) {
    const known = asked(this.parameters, this.values, this.pair).map(({ name }) => name);
    const faults = failure.message.split('; also ').map(fault => [parameterOf(fault), fault]);
    const placed = faults.filter(([name]) => known.includes(name));
    this.#refused = placed.length > 0;
    if (!this.#refused) return false;
    this.failure = faults.filter(fault => !placed.includes(fault)).map(([, fault]) => fault).join('; ') || null;
    this.#point(Object.fromEntries(placed.map(([name, fault]) => [name, aboutIt(fault)])));
    return true;
  }

  async #point(wrong) {
    this.wrong = { ...this.wrong, ...wrong };
    await this.updateComplete;
    this.querySelector('[aria-invalid=true]')?.focus();
  }
}

function whose(saved) {
  const role = saved.credentialType === 'iamRoleArn';
  const stays = `What is left empty stays as it is; another access key needs its secret as well${role ? ', and another role its external ID' : ''}.`;
  if (saved.credentialsShared) return `Everybody who has this connection works with ${role ? 'this role' : 'this key pair'}. ${stays}`;
  return saved.hasCredentials ? `Your own key pair; others have theirs. ${stays}` : 'Everybody has a key pair of their own here, and you have none yet.';
}

customElements.define('connection-form', ConnectionForm);
