import { html, LitElement, nothing } from 'lit';
import { announce } from '../feedback.js';
import { exact, visible } from '../format.js';
import { words } from '../words.js';
import { overlaps, parameter, refusal, selected, varied, WINDOWS } from './parameters.js';

const KINDS = [['date', 'Date and time'], ['variable', 'Variable'], ['any', 'Any text'], ['pattern', 'Pattern']];
const UNITS = ['hours', 'days', 'weeks', 'months', 'years'];

const MOST = 10_000;

/** What was entered, or the nearest that may be; which is then shown. */
function within(input, least = 1) {
  const number = Math.min(MOST, Math.max(least, Math.round(Number(input.value)) || least));
  input.value = String(number);
  return number;
}

/** Makes parts of an item's path vary. */
class PathParameters extends LitElement {
  static properties = { item: { attribute: false }, work: { attribute: false }, version: { attribute: false } };

  #where = 'path'; // of what a part is selected

  createRenderRoot() {
    return this;
  }

  render() {
    const parameters = this.item.parameters ?? [];
    return html`
      <p class="quiet">Select a part of the path or of the bucket’s name, and choose what may stand in its place.</p>
      <div class="whole">${[['bucket', 'Bucket'], ['path', 'Path']].map(([where, label]) => html`<label>${label}<input type="text" class="whole-${where}" readonly .value=${varied(this.item, where)} @select=${() => { this.#where = where; }} @focus=${() => { this.#where = where; }}></label>`)}</div>
      <div class="kinds">${KINDS.map(([kind, label]) => html`<button type="button" @click=${() => this.#add(kind)}>${label}</button>`)}</div>
      <ul class="parameters">${parameters.map(one => html`<li>${exact(one.text)}
        <button type="button" class="plain away" aria-label=${`Let ${visible(one.text)} be as it is`} title="As it is" @click=${() => this.#put(parameters.filter(other => other !== one))}>✕</button>
        <div class="settings">${this.#fields(one)}</div>${refusal(this.item)?.parameter === one ? html`<p class="wrong" role="alert">${exact(words(refusal(this.item).said))}</p>` : nothing}</li>`)}</ul>
      ${parameters.length ? html`<button type="button" class=${this.item.state === 'changed' ? 'main' : ''} @click=${this.#update}>Update matches</button>` : nothing}`;
  }

  #fields(one) {
    const refused = refusal(this.item);
    const field = (name, label) => html`<label>${label}<input type="text" autocomplete="off" spellcheck="false" maxlength="255" aria-invalid=${refused?.parameter === one ? 'true' : nothing} .value=${String(one[name])}
        @input=${event => this.#change(one, { [name]: event.target.value.trim() })}></label>`;
    const number = (name, label, least) => html`<label>${label}<input type="number" min=${least} max=${MOST} .value=${String(one[name])} @change=${event => this.#change(one, { [name]: within(event.target, least) })}></label>`;
    const day = (name, label) => html`<label>${label}<input type="date" required .value=${one[name]} @change=${event => event.target.value && this.#change(one, { [name]: event.target.value })}></label>`;
    const choose = (name, label, options) => html`<label>${label}<select @change=${event => this.#change(one, { [name]: event.target.value })}>${options.map(([value, words]) => html`<option value=${value} .selected=${value === one[name]}>${words}</option>`)}</select></label>`;
    const bounds = {
      number: () => number('number', 'How many', 1),
      amount: () => number('amount', 'How many ago', 0),
      from: () => number('from', 'From, ago', 0),
      to: () => number('to', 'To, ago', 0),
      unit: () => choose('unit', 'Unit', UNITS.map(unit => [unit, unit])),
      since: () => day('since', 'From'),
      until: () => day('until', one.window === 'isBefore' ? 'Before' : 'To'),
    };
    return {
      date: () => html`${field('format', 'Format')}${choose('window', 'Which dates', Object.entries(WINDOWS).map(([name, [words]]) => [name, words]))}${WINDOWS[one.window][1].map(name => bounds[name]())}`,
      variable: () => html`${field('name', 'Name')}${field('value', 'Default')}`,
      any: () => html`<span class="quiet">any text without a slash</span>`,
      pattern: () => field('value', 'Regular expression'),
    }[one.kind]();
  }

  #add(kind) {
    const where = this.#where;
    const input = this.querySelector(`.whole-${where}`);
    const { start, end, text } = selected(this.item, where, input.selectionStart, input.selectionEnd);
    const parameters = this.item.parameters ?? [];
    if (where === 'bucket' && text && kind !== 'variable') {
      announce('A bucket’s name varies by a variable only: what else it may be, no listing tells.');
      input.focus();
      return;
    }
    const slash = where === 'path' && start === 0;
    if (!text || slash || overlaps(parameters, where, start, end)) {
      announce(text && !slash ? 'That part varies already: select another one.' : 'Select a part of the path first, without the slash at its beginning.');
      input.focus();
      return;
    }
    this.#put([...parameters, parameter(kind, where, text, start)]);
  }

  #change(one, values) {
    this.#put(this.item.parameters.map(other => (other === one ? { ...one, ...values } : other)));
  }

  #put(parameters) {
    this.work.vary(this.item.uri, parameters);
  }

  #update() {
    const unnamed = this.item.parameters.some(({ kind, name }) => kind === 'variable' && !name);
    if (unnamed) {
      announce('Give the variable a name, by which a job says its value.');
      return;
    }
    this.work.again(this.item.uri, this.item.settings);
  }
}

customElements.define('path-parameters', PathParameters);
