import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { count, exact } from '../format.js';
import { isShortcut, showShortcuts } from '../shortcuts.js';
import { parse, importFrom, name, parent, write } from '../uris.js';
import { Basket, tellFull } from './basket.js';
import './basket-panel.js';
import './entry-list.js';
import { asEntry, importable, Listing } from './listing.js';
import './place-trail.js';
import { used, usedLast } from './recent.js';
import './source-list.js';
import { Work } from './work.js';

export const KEYS = [
  ['↑ ↓', 'One row up or down'], ['Home, End', 'The first row, the last one that is loaded'], ['Space', 'Select'], ['Shift ↑ ↓', 'Select several'],
  ['Ctrl A', 'Select all that are loaded'], ['Enter', 'Open a folder; preview a file'], ['Backspace', 'The folder above'],
  ['G', 'Go to a path'], ['I', 'Import what is in the basket'],
];

/** Import Data: sources, what is in them, and the basket. */
class ImportView extends LitElement {
  static properties = { asked: { state: true }, listing: { state: true } };

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
  go(asked, { connections, storage, me }) {
    Object.assign(this, { connections, storage, wholeBase: me.roles.includes('dataAdmin') });
    if (!this.basket) {
      this.basket = new Basket(me);
      this.basket.addEventListener('change', this.#changed);
      this.work = new Work(this.basket);
    }
    const uri = asked.uri ?? write({ bucket: '', key: '', connectionId: usedLast(connections.filter(({ policyTag, hasCredentials }) => policyTag && hasCredentials)) });
    this.asked = { ...asked, uri };
    const trail = this.querySelector('place-trail');
    if (trail) trail.typing = false;
    if (!this.listing?.loading || this.listing.rows.length) this.previous = this.listing; // else what is still seen is older
    this.listing?.close();
    this.listing = new Listing(this.asked, () => {
      if (!this.listing.loading) this.previous = null;
      this.requestUpdate();
    });
    this.listing.setFilter(asked.filter);
    this.listing.more();
    used(parse(uri).connectionId);
  }

  render() {
    if (!this.listing) return nothing;
    return html`<div class="import">
      <nav class="sources" aria-labelledby="sources"><source-list .connections=${this.connections} .storage=${this.storage} .wholeBase=${this.wholeBase} .here=${this.asked.uri}></source-list></nav>
      <section class="centre" aria-label="Files and folders"><place-trail .place=${this.listing.place} .showHidden=${this.asked.hidden} @left=${this.#focusRows}></place-trail>${this.#tools()}${this.#list()}
        ${this.#toBasket()}</section>
      <aside class="basket" aria-labelledby="basket"><basket-panel .basket=${this.basket} .work=${this.work}></basket-panel></aside>
    </div>`;
  }

  #toBasket() {
    const { items } = this.basket;
    if (!items.length) return nothing;
    const chosen = items.filter(({ state }) => state !== 'imported').length;
    return html`<button type="button" class="to-basket" @click=${() => this.querySelector('.basket').scrollIntoView()}>Basket${chosen ? `: ${count(chosen, 'dataset', 'datasets')}` : nothing}</button>`;
  }

  #tools() {
    const { listing } = this;
    return html`<div class="tools">
      <input type="search" class="filter" aria-label="Filter names" placeholder="Filter names" autocomplete="off" spellcheck="false" .value=${listing.filter ? this.asked.filter : ''} @input=${this.#filter} @keydown=${this.#leaveFilter}>
      <button type="button" @click=${this.#search} title="Names that hold this text, or match a pattern such as 2024/**/*.csv, also in the folders below">Search below</button>
      <label class="check"><input type="checkbox" .checked=${this.asked.hidden} @change=${this.#toggleHidden}> Show hidden</label>
      ${listing.isFolder && listing.place.key ? this.#wholeFolder() : nothing}
    </div>`;
  }

  #wholeFolder() {
    const entry = asEntry(this.listing.place);
    const chosen = this.basket.has(entry.uri);
    return html`<button type="button" @click=${() => (chosen ? this.basket.remove([entry.uri]) : tellFull(this.basket.add([entry])))}>${chosen ? 'Take this folder out' : 'Add this folder'}</button>`;
  }

  #list() {
    const { listing, basket } = this;
    const { shown, rows, complete, loading, failure } = listing;
    const stale = loading && !rows.length && !listing.search && this.previous?.rows.length > 0; // what was there stays until there is something else
    const seen = stale ? this.previous : listing;
    return html`
      ${this.#which()}
      ${seen.shown.length ? html`
        <div class="rows-head">
          ${seen.shown.some(importable) ? html`<label class="check"><input type="checkbox" aria-label="Select all that are loaded" ?disabled=${stale} .checked=${live(this.#all())} @change=${this.#chooseAll}></label>` : html`<span></span>`}
          <span>Name</span><span class="amount">Size</span><span class="when">Last updated</span>
        </div>` : nothing}
      <entry-list class=${stale ? 'stale' : ''} ?hidden=${!seen.shown.length && !loading} .listing=${seen} .basket=${basket} .showHidden=${this.asked.hidden} .stale=${stale} .version=${{}}></entry-list>
      ${failure ? html`<div class="problem" role="alert"><p>${exact(failure.message)}</p>${this.#instead(failure)}<button type="button" @click=${() => listing.more()}>Try again</button></div>` : nothing}
      ${!shown.length && complete && !failure ? this.#nothing() : nothing}
      <p class="quiet said"><span role="status">${this.#told()}</span>${this.#stop()}
        <button type="button" class="plain" @click=${() => showShortcuts(KEYS)}>Shortcuts</button></p>`;
  }

  /** Which of the names in a place are listed, where it is not all of them. */
  #which() {
    const { begins, search, place } = this.listing;
    const all = importFrom({ ...this.asked, begins: '', filter: '', search: '' });
    if (search) return html`<p class="quiet said">Found for ${exact(search)} in ${exact(name(place) || 'all buckets')} and below · <a href=${all}>all names</a></p>`;
    return begins ? html`<p class="quiet said">Names that begin with ${exact(begins)} · <a href=${all}>all names</a></p>` : nothing;
  }

  #stop() {
    const { listing } = this;
    return listing.search && listing.loading ? html` <button type="button" class="plain" @click=${() => listing.stop()}>Stop</button>` : nothing;
  }

  /** Where there is neither a folder nor a file of a name, it may be the beginning of some. */
  #instead({ status }) {
    const { place } = this.listing;
    if (status !== 404 || !place.key || place.key.endsWith('/')) return nothing;
    return html`<a href=${importFrom({ uri: write(parent(place)), hidden: this.asked.hidden, begins: name(place) })}>Names that begin with ${exact(name(place))}</a>`;
  }

  #told() {
    const { listing } = this;
    const { shown, rows, complete, loading, filter, paused, search } = listing;
    if (search) return this.#found();
    if (loading) return html`${rows.length ? count(rows.length, 'name', 'names') : ''} Loading…`;
    const names = listing.isBuckets ? ['bucket', 'buckets'] : ['name', 'names'];
    if (!rows.length) return nothing;
    const number = filter ? `${shown.length.toLocaleString()} of ${count(rows.length, ...names)}` : count(rows.length, ...names);
    const narrow = filter && !complete && html` · <a href=${importFrom({ ...this.asked, filter: '', begins: this.asked.filter, uri: write(listing.place) })}>only those that begin with ${exact(this.asked.filter)}</a>`;
    return html`${number}${complete ? nothing : ', more as you scroll'}${paused ? html` · <button type="button" class="plain" @click=${() => listing.further()}>Look further</button>` : nothing}${narrow || nothing}`;
  }

  #found() {
    const { shown, rows, loading, filter, scanned, cut } = this.listing;
    const found = filter ? `${shown.length.toLocaleString()} of ${count(rows.length, 'name', 'names')}` : count(rows.length, 'name', 'names');
    return html`${found} found, ${count(scanned, 'object', 'objects')} looked at${loading ? '…' : '.'}${cut && !loading ? ' There may be more: search for more of the name, or in a folder below.' : ''}`;
  }

  #nothing() {
    const { listing } = this;
    if (listing.search && !listing.filter) return html`<div class="empty"><p>${this.asked.hidden ? 'No name in here holds' : 'No name that is not hidden holds'} ${exact(listing.search)}.</p><div class="actions"><a class="button" href=${importFrom({ ...this.asked, search: '' })}>Back to the folder</a></div></div>`;
    if (listing.filter) return html`<div class="empty"><p>No name in here holds ${exact(this.asked.filter)}.</p><div class="actions"><button type="button" @click=${() => this.#setFilter('')}>Show all</button></div></div>`;
    if (listing.isBuckets) return html`<div class="empty"><p>This key pair sees no buckets. If it may use one without listing them, go to its path.</p><div class="actions"><button type="button" @click=${() => this.#goTo()}>Go to…</button></div></div>`;
    return html`<div class="empty"><p>${this.asked.hidden ? 'Nothing is in here.' : 'Nothing is in here, or everything is hidden.'}</p>
      <div class="actions">${this.asked.hidden ? nothing : html`<a class="button" href=${importFrom({ ...this.asked, hidden: true })}>Show hidden</a>`}<a class="button" href="#/upload">Upload files</a></div></div>`;
  }

  #all() {
    const rows = this.listing.shown;
    return rows.length > 0 && this.basket.items.length > 0 && rows.every(row => !importable(row) || this.basket.has(row.uri));
  }

  #chooseAll(event) {
    this.querySelector('entry-list').chooseAll(event.target.checked);
    this.requestUpdate(); // a full basket may have left out some
  }

  /** Looks for what stands in the filter, at any depth. */
  #search() {
    const filter = this.querySelector('.filter');
    const search = filter.value.trim();
    if (!search) {
      filter.placeholder = 'What to search for';
      filter.focus();
      return;
    }
    window.location.hash = importFrom({ ...this.asked, uri: write(this.listing.place), begins: '', filter: '', search }).slice(1);
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

  #goTo() {
    this.querySelector('place-trail').type(true);
  }

  #up() {
    const { place } = this.listing;
    if (!place.bucket) return;
    const above = place.key ? parent(place) : { ...place, bucket: '' };
    window.location.hash = importFrom({ uri: write(above), hidden: this.asked.hidden }).slice(1);
  }

  #key(event) {
    if (!isShortcut(event)) return;
    const done = {
      '/': () => this.querySelector('.filter').select(),
      g: () => this.#goTo(),
      i: () => this.querySelector('.go .main:not(:disabled)')?.click(),
      Backspace: () => this.#up(),
    }[event.key];
    if (!done) return;
    event.preventDefault();
    done();
  }
}

customElements.define('import-view', ImportView);
