import { html, LitElement, nothing } from 'lit';
import { get } from '../api.js';
import { placeWords } from '../datasets/source-words.js';
import { count, exact, size, visible } from '../format.js';
import { rows } from '../preview.js';
import { parse, query, write } from '../uris.js';
import { words } from '../words.js';
import { dynamic, refusal } from './parameters.js';
import './path-parameters.js';

const SAMPLE = 5; // rows
const DELIMITED = new Set(['csv', 'tsv', 'text']);
const WHY = { marker: 'says how a job ended', hidden: 'begins with _ or .', placeholder: 'only stands for a folder' };
const FOUND = ['', 'As found'];
const SETTINGS = [
  { name: 'header', label: 'First row', options: [FOUND, ['true', 'Names the columns'], ['false', 'Is data']], of: text => text === 'true', delimited: true },
  { name: 'delimiter', label: 'Delimiter', options: [FOUND, [',', 'Comma'], [';', 'Semicolon'], ['\\t', 'Tab'], ['|', 'Pipe'], ['none', 'None: a line is one value']], delimited: true },
  { name: 'encoding', label: 'Encoding', options: [FOUND, ['UTF-8', 'UTF-8'], ['UTF-16LE', 'UTF-16LE'], ['UTF-16BE', 'UTF-16BE'], ['ISO-8859-1', 'ISO-8859-1'], ['windows-1252', 'windows-1252']], delimited: true },
  { name: 'structureCheck', label: 'Files looked into', options: [['', 'A sample'], ['all', 'Every file'], ['none', 'No file']] },
  { name: 'disableTypeInference', label: 'Types', options: [['', 'As found'], ['true', 'Every value stays text']], of: text => text === 'true' },
];

/** One dataset to be: what is in it, what speaks against it, and how it is read. */
class BasketItem extends LitElement {
  static properties = { item: { attribute: false }, basket: { attribute: false }, work: { attribute: false }, version: { attribute: false } };

  #sample = null;
  #sampled = null;

  createRenderRoot() {
    return this;
  }

  render() {
    const { item } = this;
    const done = item.state === 'imported';
    return html`
      <article class="item ${item.state}" aria-label=${visible(item.name)}>
        <div class="title">
          ${done ? html`<a href=${item.dataset ? `#/datasets/${item.dataset}` : '#/datasets'}>${exact(item.name)}</a>` : html`<input type="text" aria-label="Name of the dataset" maxlength="255" autocomplete="off" spellcheck="false" .value=${item.name} ?disabled=${item.state === 'importing'} @change=${event => this.#rename(event.target)}>`}
          ${item.state === 'importing' ? html`<button type="button" class="plain" ?disabled=${!item.importId} @click=${() => this.work.cancel(item)}>Cancel</button>`
            : html`<button type="button" class="plain away" aria-label=${`Take ${visible(item.name)} out of the basket`} title="Take out" @click=${() => this.basket.remove([item.uri])}>✕</button>`}
        </div>
        <p class="where quiet">${placeWords({ uri: item.uri, ...dynamic(item) })}</p>
        ${this.#state()}
        ${done || !item.report ? nothing : html`${this.#ignored(item.report)}${this.#rows(item.report)}`}
        ${done || item.state === 'importing' ? nothing : html`${this.#settings()}${this.#parameters()}`}
      </article>`;
  }

  /** What is wrong with a parameter is said there. */
  updated() {
    if (refusal(this.item)) this.querySelector('.parameterise').open = true;
  }

  #state() {
    const { state, progress, report, failure } = this.item;
    const facts = report && [report.formats.map(({ format }) => format).join(', '), amount(report), report.structure && count(report.structure.columns?.length ?? 0, 'column', 'columns')];
    const told = {
      waiting: () => progress?.wait ?? 'Waits to be looked at',
      checking: () => progress?.wait ?? (progress ? [count(progress.files, 'file', 'files'), ', ', size(progress.bytes), ' so far…'] : 'Looking…'),
      importing: () => progress?.wait ?? (progress?.files ? ['Importing: ', count(progress.files, 'file', 'files'), ', ', size(progress.bytes), '…'] : this.item.sent ? 'Importing…' : 'Waits for its turn'),
      imported: () => 'Imported',
      unchecked: () => 'Not looked at',
      changed: () => 'Its path has changed: update the matches',
    }[state];
    return html`
      <p class="state-line">${told ? html`<span class=${state === 'imported' ? 'good' : 'quiet'}>${told()}</span>` : nothing}
        ${facts && state !== 'importing' ? facts.filter(Boolean).map(fact => html`<span class="fact">${fact}</span>`) : nothing}</p>
      ${[refusal(this.item) ? null : failure, ...(state === 'refused' && report ? report.refusals : [])].filter(Boolean).map(said => html`<div class="problem" role="alert"><p>${exact(words(said))}</p></div>`)}
      ${failure || (state === 'refused') ? html`<button type="button" class="plain" @click=${() => this.work.again(this.item.uri, this.item.settings)}>Look again</button>` : nothing}
      ${report?.archived && !report.leftOut ? html`<label class="check"><input type="checkbox" @change=${() => this.#set('archived', 'skip')}> Leave out the ${count(report.archived, 'archived file', 'archived files')}</label>` : nothing}`;
  }

  #ignored({ ignored, leftOut }) {
    const kinds = [[ignored.markers, 'marker', 'markers'], [ignored.hidden, 'hidden', 'hidden'], [ignored.placeholders, 'folder placeholder', 'folder placeholders'], [leftOut, 'archived', 'archived']]
      .filter(([number]) => number).map(kind => count(...kind));
    if (!kinds.length) return nothing;
    const names = this.item.ignored ?? [];
    return html`<details><summary>Left out: ${kinds.join(', ')}</summary>
      <ul class="left-out">${names.map(({ key, reason }) => html`<li>${exact(key)} <span class="quiet">${WHY[reason] ?? reason}</span></li>`)}</ul>
      ${names.length < ignored.count ? html`<p class="quiet">The first ${names.length} are named here.</p>` : nothing}</details>`;
  }

  #rows({ first }) {
    if (!first) return nothing;
    return html`<details ?open=${this.basket.items.at(-1) === this.item} @toggle=${event => event.target.open && this.#read(first)}><summary>First rows</summary>${this.#sample ?? html`<p class="quiet">Reading…</p>`}</details>`;
  }

  async #read(first) {
    const { uri, settings } = this.item;
    const { header, delimiter, encoding } = settings;
    const asked = query({ uri: write({ ...parse(uri), key: first }), limit: SAMPLE, ...defined({ header, delimiter, encoding }) });
    if (asked === this.#sampled) return;
    this.#sampled = asked;
    try {
      this.#sample = rows(await get(`/vfsPreview?${asked}`));
    } catch (failure) {
      this.#sample = html`<p class="quiet">${exact(failure.message)}</p>`;
    }
    this.requestUpdate();
  }

  #settings() {
    const formats = this.item.report?.formats;
    const text = !formats?.length || formats.some(({ format }) => DELIMITED.has(format));
    return html`<details><summary>Settings</summary><div class="settings">${SETTINGS.filter(({ delimited }) => text || !delimited).map(({ name, label, options }) => html`
      <label>${label}<select @change=${event => this.#set(name, event.target.value)}>${options.map(([value, words]) => html`<option value=${value} ?selected=${String(this.item.settings[name] ?? '') === value}>${words}</option>`)}</select></label>`)}</div></details>`;
  }

  #parameters() {
    return html`<details class="parameterise"><summary>Parameterise path…</summary><path-parameters .item=${this.item} .work=${this.work} .version=${{}}></path-parameters></details>`;
  }

  /** A dataset has a name: without one, the name before stays. */
  #rename(input) {
    if (input.value.trim()) this.basket.change(this.item.uri, { name: input.value });
    else input.value = this.item.name;
  }

  #set(name, value) {
    const read = SETTINGS.find(setting => setting.name === name)?.of ?? (text => text);
    const settings = defined({ ...this.item.settings, [name]: value === '' ? undefined : read(value) });
    this.work.again(this.item.uri, settings);
    if (this.#sampled && this.item.report?.first) this.#read(this.item.report.first);
  }
}

const amount = report => html`${count(report.files, 'file', 'files')}, ${size(report.bytes)}`;
const defined = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

customElements.define('basket-item', BasketItem);
