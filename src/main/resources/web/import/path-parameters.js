import { html, LitElement, nothing } from 'lit';
import { announce } from '../feedback.js';
import { exact, visible } from '../format.js';
import { overlaps, parameter, pathOf, placeIn } from './parameters.js';

const KINDS = [['date', 'Date and time'], ['variable', 'Variable'], ['any', 'Any text'], ['pattern', 'Pattern']];
const UNITS = ['hours', 'days', 'weeks', 'months', 'years'];

const MOST = 10_000;

/** What was entered, or the nearest that may be; which is then shown. */
function within(input) {
  const number = Math.min(MOST, Math.max(1, Math.round(Number(input.value)) || 1));
  input.value = String(number);
  return number;
}

/** Makes parts of an item's path vary. */
class PathParameters extends LitElement {
  static properties = { item: { attribute: false }, work: { attribute: false }, version: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const parameters = this.item.parameters ?? [];
    return html`
      <p class="quiet">Select a part of the path, and choose what may stand in its place.</p>
      <input type="text" class="whole-path" readonly aria-label="Path" .value=${visible(pathOf(this.item))}>
      <div class="kinds">${KINDS.map(([kind, label]) => html`<button type="button" @click=${() => this.#add(kind)}>${label}</button>`)}</div>
      <ul class="parameters">${parameters.map(one => html`<li>${exact(one.text)}
        <button type="button" class="plain away" aria-label=${`Let ${visible(one.text)} be as it is`} title="As it is" @click=${() => this.#put(parameters.filter(other => other !== one))}>✕</button>
        <div class="settings">${this.#fields(one)}</div></li>`)}</ul>
      ${this.item.state === 'changed' ? html`<button type="button" @click=${this.#update}>Update matches</button>` : nothing}`;
  }

  #fields(one) {
    const field = (name, label) => html`<label>${label}<input type="text" autocomplete="off" spellcheck="false" .value=${String(one[name])}
        @change=${event => this.#change(one, { [name]: event.target.value.trim() })}></label>`;
    const number = (name, label) => html`<label>${label}<input type="number" min="1" max=${MOST} .value=${String(one[name])} @change=${event => this.#change(one, { [name]: within(event.target) })}></label>`;
    return {
      date: () => html`${field('format', 'Format')}${number('number', 'In the last')}
        <label>Unit<select @change=${event => this.#change(one, { unit: event.target.value })}>${UNITS.map(unit => html`<option ?selected=${unit === one.unit}>${unit}</option>`)}</select></label>`,
      variable: () => html`${field('name', 'Name')}${field('value', 'Default')}`,
      any: () => html`<span class="quiet">any text without a slash</span>`,
      pattern: () => field('value', 'Regular expression'),
    }[one.kind]();
  }

  #add(kind) {
    const input = this.querySelector('.whole-path');
    const path = pathOf(this.item);
    const [start, end] = [input.selectionStart, input.selectionEnd].map(shown => placeIn(path, shown));
    const parameters = this.item.parameters ?? [];
    const text = path.slice(start, end);
    if (!text || start === 0 || overlaps(parameters, start, end)) {
      announce(text && start > 0 ? 'That part varies already: select another one.' : 'Select a part of the path first, without the slash at its beginning.');
      input.focus();
      return;
    }
    this.#put([...parameters, parameter(kind, text, start)]);
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
