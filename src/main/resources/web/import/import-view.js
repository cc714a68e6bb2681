import { html, LitElement, nothing } from 'lit';
import { dialog, el, button } from '../dom.js';
import { count, exact } from '../format.js';
import { parse, importFrom, location as path, name, parent, steps, typedPath, write } from '../uris.js';
import { Basket } from './basket.js';
import './basket-panel.js';
import './entry-list.js';
import { asEntry, importable, Listing } from './listing.js';
import './source-list.js';
import { used, usedLast } from './source-list.js';
import { Work } from './work.js';

const KEYS_OFF = 'wharf.shortcuts-off';
const KEYS = [
  ['↑ ↓', 'One row up or down'], ['Home, End', 'The first row, the last one that is loaded'], ['Space', 'Select'], ['Shift ↑ ↓', 'Select several'],
  ['Ctrl A', 'Select all that are loaded'], ['Enter', 'Open a folder; preview a file'], ['Backspace', 'The folder above'],
  ['/', 'Filter'], ['G', 'Go to a path'], ['I', 'Import what is in the basket'], ['?', 'These shortcuts'],
];

/** Import Data: sources, what is in them, and the basket. */
class ImportView extends LitElement {
  static properties = { asked: { state: true }, listing: { state: true }, typing: { state: true } };

  #keys = event => this.#key(event);
  #changed = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#keys);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#keys);
  }

  /** Shows a place; without an address, the source that was used last. */
  go(asked, connections, me) {
    this.connections = connections;
    if (!this.basket) {
      this.basket = new Basket(me);
      this.basket.addEventListener('change', this.#changed);
      this.work = new Work(this.basket);
    }
    const uri = asked.uri ?? write({ bucket: '', key: '', connectionId: usedLast(connections) });
    this.asked = { ...asked, uri };
    this.typing = false;
    this.listing?.close();
    this.listing = new Listing(this.asked, () => this.requestUpdate());
    this.listing.setFilter(asked.filter);
    this.listing.more();
    used(parse(uri).connectionId);
  }

  render() {
    if (!this.listing) return nothing;
    const { connectionId } = parse(this.asked.uri);
    return html`<div class="import">
      <nav class="sources" aria-labelledby="sources"><source-list .connections=${this.connections} .here=${connectionId}></source-list></nav>
      <section class="centre" aria-label="Files and folders">${this.#trail()}${this.#tools()}${this.#list()}
        ${this.basket.items.length ? html`<button type="button" class="to-basket" @click=${() => this.querySelector('.basket').scrollIntoView()}>Basket: ${count(this.basket.items.length, 'dataset', 'datasets')}</button>` : nothing}</section>
      <aside class="basket" aria-labelledby="basket"><basket-panel .basket=${this.basket} .work=${this.work}></basket-panel></aside>
    </div>`;
  }

  #trail() {
    const { place } = this.listing;
    if (this.typing) {
      return html`<form class="go-to" data-passing @submit=${this.#goToTyped} @keydown=${event => event.key === 'Escape' && this.#type(false)}>
        <input type="text" aria-label="Path" .value=${path(place)} autocomplete="off" spellcheck="false" required>
        <button type="submit" class="main">Go</button><button type="button" @click=${() => this.#type(false)}>Cancel</button></form>`;
    }
    const { connectionId } = place;
    const crumbs = [
      ['All buckets', write({ bucket: '', key: '', connectionId })],
      place.bucket && [exact(place.bucket), write({ ...place, key: '' })],
      ...(place.bucket ? steps(place).map(step => [step.name ? exact(step.name) : 'folder without a name', step.uri]) : []),
      place.key && !place.key.endsWith('/') && [exact(name(place)), write(place)],
    ].filter(Boolean);
    return html`<div class="trail"><nav aria-label="Path"><ol>${crumbs.map(([label, uri], index) => html`<li>${index === crumbs.length - 1
      ? html`<span aria-current="location">${label}</span>` : html`<a href=${importFrom({ uri, hidden: this.asked.hidden })}>${label}</a>`}</li>`)}</ol></nav>
      <button type="button" class="plain" title="Go to a path (G)" @click=${() => this.#type(true)}>Go to…</button></div>`;
  }

  #tools() {
    const { listing } = this;
    return html`<div class="tools">
      <input type="search" class="filter" aria-label="Filter names" placeholder="Filter names" autocomplete="off" spellcheck="false" .value=${listing.filter ? this.asked.filter : ''} @input=${this.#filter} @keydown=${this.#leaveFilter}>
      <label class="check"><input type="checkbox" .checked=${this.asked.hidden} @change=${this.#toggleHidden}> Show hidden</label>
      ${listing.isFolder && listing.place.key ? this.#wholeFolder() : nothing}
    </div>`;
  }

  #wholeFolder() {
    const entry = asEntry(this.listing.place);
    const chosen = this.basket.has(entry.uri);
    return html`<button type="button" @click=${() => (chosen ? this.basket.remove([entry.uri]) : this.basket.add([entry]))}>${chosen ? 'Take this folder out' : 'Add this folder'}</button>`;
  }

  #list() {
    const { listing, basket } = this;
    const { shown, rows, complete, loading, failure, begins } = listing;
    return html`
      ${begins ? html`<p class="quiet said">Names that begin with ${exact(begins)} · <a href=${importFrom({ ...this.asked, begins: '', filter: '' })}>all names</a></p>` : nothing}
      ${shown.length ? html`
        <div class="rows-head">
          ${shown.some(importable) ? html`<label class="check"><input type="checkbox" aria-label="Select all that are loaded" .checked=${this.#all()} @change=${this.#chooseAll}></label>` : html`<span></span>`}
          <span>Name</span><span class="amount">Size</span><span class="when">Last updated</span>
        </div>` : nothing}
      <entry-list ?hidden=${!shown.length && !loading} .listing=${listing} .basket=${basket} .showHidden=${this.asked.hidden} .version=${{}}></entry-list>
      ${failure ? html`<div class="problem" role="alert"><p>${exact(failure.message)}</p>${this.#instead(failure)}<button type="button" @click=${() => listing.more()}>Try again</button></div>` : nothing}
      ${!shown.length && complete && !failure ? this.#nothing() : nothing}
      <p class="quiet said"><span role="status">${loading ? html`${rows.length ? count(rows.length, 'name', 'names') : ''} Loading…` : this.#told()}</span>
        <button type="button" class="plain" @click=${showKeys}>Shortcuts</button></p>`;
  }

  /** Where there is neither a folder nor a file of a name, it may be the beginning of some. */
  #instead({ status }) {
    const { place } = this.listing;
    if (status !== 404 || !place.key || place.key.endsWith('/')) return nothing;
    return html`<a href=${importFrom({ uri: write(parent(place)), hidden: this.asked.hidden, begins: name(place) })}>Names that begin with ${exact(name(place))}</a>`;
  }

  #told() {
    const { listing } = this;
    const { shown, rows, complete, filter, paused } = listing;
    const names = listing.isBuckets ? ['bucket', 'buckets'] : ['name', 'names'];
    if (!rows.length) return nothing;
    const number = filter ? `${shown.length.toLocaleString()} of ${count(rows.length, ...names)}` : count(rows.length, ...names);
    const narrow = filter && !complete && html` · <a href=${importFrom({ ...this.asked, filter: '', begins: this.asked.filter, uri: write(listing.place) })}>only those that begin with ${exact(this.asked.filter)}</a>`;
    return html`${number}${complete ? nothing : ', more as you scroll'}${paused ? html` · <button type="button" class="plain" @click=${() => listing.further()}>Look further</button>` : nothing}${narrow || nothing}`;
  }

  #nothing() {
    const { listing } = this;
    if (listing.filter) return html`<div class="empty"><p>No name in here holds ${exact(this.asked.filter)}.</p><div class="actions"><button type="button" @click=${() => this.#setFilter('')}>Show all</button></div></div>`;
    if (listing.isBuckets) return html`<div class="empty"><p>This key pair sees no buckets. If it may use one without listing them, go to its path.</p><div class="actions"><button type="button" @click=${() => this.#type(true)}>Go to…</button></div></div>`;
    return html`<div class="empty"><p>${this.asked.hidden ? 'Nothing is in here.' : 'Nothing is in here, or everything is hidden.'}</p>
      <div class="actions">${this.asked.hidden ? nothing : html`<a class="button" href=${importFrom({ ...this.asked, hidden: true })}>Show hidden</a>`}<a class="button" href="#/upload">Upload files</a></div></div>`;
  }

  #all() {
    const rows = this.listing.shown;
    return rows.length > 0 && this.basket.items.length > 0 && rows.every(row => !importable(row) || this.basket.has(row.uri));
  }

  #chooseAll(event) {
    this.querySelector('entry-list').chooseAll(event.target.checked);
  }

  #filter(event) {
    this.#setFilter(event.target.value);
  }

  #setFilter(filter) {
    this.asked = { ...this.asked, filter };
    history.replaceState(history.state, '', importFrom({ ...this.asked, home: !this.asked.allBuckets }));
    this.listing.setFilter(filter);
  }

  #leaveFilter(event) {
    if (event.key === 'Escape') this.#setFilter('');
    if (['Escape', 'Enter', 'ArrowDown'].includes(event.key)) {
      event.preventDefault();
      this.#focusRows();
    }
  }

  #focusRows() {
    if (this.listing.shown.length) this.querySelector('entry-list').focusRows();
  }

  #toggleHidden(event) {
    window.location.hash = importFrom({ ...this.asked, hidden: event.target.checked, home: !this.asked.allBuckets }).slice(1);
  }

  async #type(typing) {
    this.typing = typing;
    await this.updateComplete;
    if (typing) this.querySelector('.go-to input').select();
    else this.#focusRows();
  }

  #goToTyped(event) {
    event.preventDefault();
    const typed = event.target.querySelector('input').value.trim();
    window.location.hash = importFrom({ uri: typedPath(typed, this.listing.place), hidden: this.asked.hidden }).slice(1);
    this.typing = false;
  }

  #up() {
    const { place } = this.listing;
    if (!place.bucket) return;
    const above = place.key ? parent(place) : { ...place, bucket: '' };
    window.location.hash = importFrom({ uri: write(above), hidden: this.asked.hidden }).slice(1);
  }

  /** Shortcuts are for the whole view, but for where somebody types or a dialog is open. */
  #key(event) {
    if (localStorage.getItem(KEYS_OFF) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest('input:not([type=checkbox]), select, textarea, dialog')) return;
    const done = {
      '/': () => this.querySelector('.filter').select(),
      g: () => this.#type(true),
      i: () => this.querySelector('.go .main:not(:disabled)')?.click(),
      Backspace: () => this.#up(),
      '?': showKeys,
    }[event.key];
    if (!done) return;
    event.preventDefault();
    done();
  }
}

/** Who dictates, or hits keys by chance, can turn off those that are a single character. */
function showKeys() {
  const off = el('input', { type: 'checkbox', checked: !localStorage.getItem(KEYS_OFF), onchange: () => {
    if (off.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, 'yes');
  } });
  const shown = dialog('Shortcuts', el('dl', { class: 'known' }, KEYS.map(([key, what]) => [el('dt', null, el('kbd', null, key)), el('dd', null, what)])),
    el('p', null, el('label', null, off, ' Shortcuts of a single key are on')),
    el('div', { class: 'actions' }, button('Close', () => shown.close(), { autofocus: true })));
}

customElements.define('import-view', ImportView);
