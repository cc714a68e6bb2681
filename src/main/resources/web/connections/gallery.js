import { html, LitElement, nothing } from 'lit';
import { get } from '../api.js';
import { head } from '../dom.js';
import { STORES } from './stores.js';

export const TITLE = 'Create Connection';

/** Asks which store a connection is to lead to. */
export async function show({ query, signal }) {
  const { connectionMetadata: kind } = await get('/v4/connectorMetadata/aws', signal);
  const gallery = document.createElement('store-gallery');
  gallery.displayName = kind.displayName;
  gallery.wanted = query.get('find') ?? '';
  return [head(TITLE), gallery];
}

class StoreGallery extends LitElement {
  static properties = { displayName: { attribute: false }, wanted: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    const part = this.wanted.trim().toLowerCase();
    const stores = STORES.map(store => (store.kind === 'aws' ? { ...store, name: this.displayName } : store));
    const found = stores.filter(({ name, about, group }) => `${name}\n${about}\n${group}`.toLowerCase().includes(part));
    const groups = [...new Set(found.map(({ group }) => group))];
    return html`
      <p class="lead quiet">Which store does it lead to? All of them speak S3; what differs is where they are.</p>
      <div class="tools"><input type="search" class="search" aria-label="Find a store" placeholder="Find a store" autocomplete="off" .value=${this.wanted} @input=${this.#find}></div>
      ${groups.map(group => html`<h2>${group}</h2>
        <ul class="cards">${found.filter(store => store.group === group).map(({ kind, name, about }) => html`<li><a class="card" href="#/connections/new/${kind}"><strong>${name}</strong><span class="quiet">${about}</span></a></li>`)}</ul>`)}
      ${found.length ? nothing : html`<div class="empty"><p>No store has such a name. Most stores that are not listed speak S3 all the same.</p><div class="actions"><a class="button main" href="#/connections/new/other">Other S3-compatible</a></div></div>`}`;
  }

  #find(event) {
    this.wanted = event.target.value;
    history.replaceState(history.state, '', `#/connections/new${this.wanted && `?find=${encodeURIComponent(this.wanted)}`}`);
  }
}

customElements.define('store-gallery', StoreGallery);
