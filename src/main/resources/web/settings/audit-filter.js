import { html, LitElement, nothing } from 'lit';
import { again } from '../dom.js';
import { choice, field, text } from '../fields.js';
import { query } from '../uris.js';
import { OPERATIONS, OUTCOMES } from './audit-words.js';

const HOME = '#/workspace/audit';
const NAMES = ['connectionId', 'personId', 'operation', 'outcome', 'bucket', 'key', 'from', 'to', 'requestId'];
const FURTHER = [
  ['bucket', 'Bucket'],
  ['key', 'Key', { hint: 'Its beginning, such as weather/' }],
  ['from', 'From', { type: 'datetime-local' }],
  ['to', 'Before', { type: 'datetime-local' }],
  ['requestId', 'Request', { hint: 'The x-trifacta-request-id of an answer, or jobGroup/<id>' }],
];

/** What the address asks for, in the words of the API. */
export const asked = address => Object.fromEntries(NAMES.filter(name => address.get(name)).map(name => [name, address.get(name)]));

/** The view of the events that a filter leaves. */
export const filtered = values => (Object.keys(values).length ? `${HOME}?${query(values)}` : HOME);

/** Asks which events are to be seen. The address keeps the answer, so that it can be kept and handed on. */
class AuditFilter extends LitElement {
  static properties = { present: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('present')) this.values = Object.fromEntries(NAMES.map(name => [name, TIMES.has(name) ? local(this.present[name]) : this.present[name] ?? '']));
  }

  render() {
    const { present, connections, people } = this;
    const outcomes = Object.entries(OUTCOMES);
    return html`<form class="sheet filters" data-passing novalidate autocomplete="off" @submit=${this.#show}>
      <div class="columns">
        ${this.#choice('connectionId', 'Connection', 'Any connection', [['0', 'Base storage, or none'], ...connections.map(({ id, name }) => [String(id), name])], id => `Connection ${id}`)}
        ${this.#choice('personId', 'Person', 'Anybody', people.map(({ id, name, email }) => [String(id), `${name} (${email})`]), id => `Person ${id}`, { hint: 'Who did it, or for whom' })}
        ${this.#operations()}
        ${this.#choice('outcome', 'Outcome', 'Any outcome', outcomes, word => word)}
      </div>
      <details ?open=${FURTHER.some(([name]) => present[name])}><summary>More filters</summary>
        <div class="columns">${FURTHER.map(([name, label, more]) => text(name, label, this.values[name], this.#set(name), more))}</div></details>
      <div class="problems"></div>
      <div class="actions"><button type="submit" class="main">Show</button>${Object.keys(present).length ? html`<a class="button plain" href=${HOME}>Show all</a>` : nothing}</div></form>`;
  }

  #set(name) {
    return value => { this.values[name] = value; };
  }

  /** @param named what one is called that is not among the options, as it was deleted */
  #choice(name, label, any, options, named, more) {
    const value = this.present[name];
    const known = !value || options.some(([one]) => one === value);
    return choice(name, label, value, [['', any], ...options, ...(known ? [] : [[value, named(value)]])], this.#set(name), more);
  }

  #operations() {
    const { operation = '' } = this.present;
    const option = ([value, label]) => html`<option value=${value} ?selected=${value === operation}>${label}</option>`;
    const known = !operation || OPERATIONS.some(([, words]) => words[operation]);
    return field('operation', 'What', ({ id, about }) => html`<select id=${id} aria-describedby=${about} @change=${event => this.#set('operation')(event.target.value)}>
      ${option(['', 'Anything'])}${OPERATIONS.map(([label, words]) => html`<optgroup label=${label}>${Object.entries(words).map(option)}</optgroup>`)}${known ? nothing : option([operation, operation])}</select>`);
  }

  #show(event) {
    event.preventDefault();
    const wanted = filtered(Object.fromEntries(NAMES.map(name => [name, entered(name, this.values[name].trim(), this.present)]).filter(([, value]) => value)));
    if (wanted === location.hash) again();
    else location.hash = wanted;
  }
}

const TIMES = new Set(['from', 'to']);

/** Times are UTC in the address, and the reader's own in the form: to the minute. */
function local(time) {
  const then = new Date(time ?? NaN);
  return Number.isNaN(then.valueOf()) ? '' : new Date(then - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function entered(name, value, present) {
  if (!TIMES.has(name)) return value;
  if (value === local(present[name])) return present[name]; // which may be more precise
  return value && new Date(value).toISOString().replace('.000Z', 'Z');
}

customElements.define('audit-filter', AuditFilter);
