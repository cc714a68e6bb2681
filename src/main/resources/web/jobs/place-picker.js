import { html, LitElement, nothing } from 'lit';
import { button, dialog, el } from '../dom.js';
import { exact, visible } from '../format.js';
import '../import/entry-list.js';
import { Listing } from '../import/listing.js';
import { parent, parse, steps, write } from '../uris.js';

const NAME = /^(?!\.\.?$)[^/]+$/;

/**
 * A folder on a connection or in base storage, to which results go. One that is made here is a part of the path until
 * something is written there.
 */
class PlacePicker extends LitElement {
  static properties = { connections: { attribute: false }, base: { attribute: false }, uri: { state: true }, listing: { state: true }, made: { state: true } };

  #made = new Set(); // folders that were named here, and are nowhere yet

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.listing?.close();
  }

  go(uri) {
    this.uri = uri;
    this.listing?.close();
    this.listing = this.#made.has(uri) ? null : new Listing({ uri, hidden: false }, () => this.requestUpdate());
    this.listing?.more();
  }

  /** Where it stands: a bucket at least. */
  get place() {
    const asked = parse(this.uri);
    return asked.bucket || !this.listing ? asked : this.listing.place;
  }

  render() {
    if (!this.uri) return nothing;
    const { place } = this;
    return html`
      <div class="field"><label for="picker-store">Where</label>
        <select id="picker-store" @change=${event => this.go(home(event.target.value || null, this.connections, this.base))}>
          <option value="" .selected=${!place.connectionId}>Base storage</option>
          ${this.connections.map(({ id, name }) => html`<option value=${id} .selected=${String(id) === place.connectionId}>${visible(name)}</option>`)}</select></div>
      ${this.#trail(place)}
      ${this.listing ? this.#list() : html`<p class="empty">This folder is new: it is made when results are written.</p>`}
      ${place.bucket ? html`<form class="go-to" data-passing novalidate @submit=${this.#make}>
        <input type="text" name="folder" aria-label="Name of a new folder" placeholder="New folder" maxlength="200" autocomplete="off" spellcheck="false">
        <button type="submit">New folder</button></form>` : nothing}
      <p class="preview" role="status">${place.bucket ? html`Chosen: ${exact(`s3://${place.bucket}/${place.key}`)}` : 'Choose a bucket.'}</p>`;
  }

  #trail(place) {
    const crumbs = [
      ['All buckets', write({ ...place, bucket: '', key: '' })],
      ...(place.bucket ? [[exact(place.bucket), write({ ...place, key: '' })], ...steps(place).map(({ name, uri }) => [exact(name || 'folder without a name'), uri])] : []),
    ];
    return html`<nav class="trail" aria-label="Path"><ol>${crumbs.map(([label, uri], index) => html`<li>${index === crumbs.length - 1
      ? html`<span aria-current="location">${label}</span>` : html`<button type="button" class="plain inline" @click=${() => this.#enter(uri, index === 0)}>${label}</button>`}</li>`)}</ol></nav>`;
  }

  #list() {
    const { listing } = this;
    const { shown, complete, loading, failure } = listing;
    const missing = failure?.status === 404 && this.place.key;
    return html`
      <entry-list ?hidden=${!shown.length && !loading} .listing=${listing} .opens=${row => this.#enter(row.uri)} .version=${{}} @keydown=${this.#up}></entry-list>
      ${missing ? html`<p class="empty">This folder is not there yet: it is made when results are written.</p>` : nothing}
      ${failure && !missing ? html`<div class="problem" role="alert"><p>${exact(failure.message)}</p><button type="button" @click=${() => listing.more()}>Try again</button></div>` : nothing}
      ${loading && !shown.length ? html`<p class="quiet" role="status">Loading…</p>` : nothing}
      ${complete && !shown.length ? html`<p class="empty">Nothing is in here yet.</p>` : nothing}`;
  }

  async #enter(uri, buckets = false) {
    this.go(uri);
    if (buckets) {
      this.listing.close();
      this.listing = new Listing({ uri, hidden: false, allBuckets: true }, () => this.requestUpdate());
      this.listing.more();
    }
    await this.updateComplete;
    this.querySelector('entry-list')?.focusRows();
  }

  #up(event) {
    if (event.key !== 'Backspace' || !this.place.key) return;
    event.preventDefault();
    this.#enter(write(parent(this.place)));
  }

  #make(event) {
    event.preventDefault();
    const { folder } = event.target.elements;
    const name = folder.value.trim();
    folder.setCustomValidity(NAME.test(name) ? '' : 'Give it a name without a slash, and not of dots alone.');
    if (!folder.reportValidity()) return;
    const { place } = this;
    const uri = write({ ...place, key: `${place.key}${name}/` });
    this.#made.add(uri);
    folder.value = '';
    this.go(uri);
  }
}

customElements.define('place-picker', PlacePicker);

/** Where results go by themselves: to the default bucket of a connection, or to one's folder of base storage. */
export function home(connectionId, connections, base) {
  if (!connectionId) return base.baseURL ? write({ ...parse(`${base.baseURL}${base.outputHomeDir}/`), connectionId: null }) : write({ bucket: '', key: '', connectionId: null });
  return write({ bucket: connections.find(({ id }) => String(id) === connectionId)?.bucket ?? '', key: '', connectionId });
}

/**
 * Asks for a folder.
 *
 * @param base the person's base storage
 * @param taken is given its address
 */
export function pickPlace({ title, label, connections, base, uri }, taken) {
  const picker = Object.assign(document.createElement('place-picker'), { connections, base });
  const wrong = el('div', { role: 'alert', class: 'bad-text' });
  const shown = dialog(title, picker, wrong, el('div', { class: 'actions' },
    button('Cancel', () => shown.close()),
    button(label, async event => {
      if (!picker.place.bucket) {
        wrong.textContent = 'Choose a bucket first.';
        return;
      }
      wrong.textContent = '';
      const { place } = picker;
      await taken(write({ ...place, key: place.key && !place.key.endsWith('/') ? `${place.key}/` : place.key }), { shown, wrong, pressed: event.target });
    }, { class: 'main' })));
  shown.classList.add('picker');
  picker.go(uri);
  return shown;
}
