import { html, LitElement, nothing } from 'lit';
import { exact } from '../format.js';
import { importFrom, write } from '../uris.js';

const RECENT = 'wharf.sources'; // ids of connections, the last used first; null is base storage
const REMEMBERED = 20;
const FEW = 6; // need no filter

/** Where data comes from: uploads, base storage and connections, those used last first. */
class SourceList extends LitElement {
  static properties = { connections: { attribute: false }, here: { attribute: false }, filter: { state: true } };

  constructor() {
    super();
    this.filter = '';
    this.recent = read(); // once, so that nothing moves under the hand of who chooses
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const sources = sourcesOf(this.connections, this.recent);
    const wanted = this.filter.toLowerCase();
    const shown = sources.filter(({ name }) => name.toLowerCase().includes(wanted));
    return html`
      <h2 id="sources">Sources</h2>
      ${sources.length > FEW ? html`<input type="search" aria-label="Filter sources" placeholder="Filter" autocomplete="off" spellcheck="false" .value=${this.filter} @input=${event => { this.filter = event.target.value; }}>` : nothing}
      <ul>
        <li><a href="#/upload">Upload files</a></li>
        ${shown.map(({ id, name, detail }) => html`<li><a href=${importFrom({ uri: write({ bucket: '', key: '', connectionId: id }), home: true })}
            aria-current=${String(id) === String(this.here) ? 'true' : nothing}>${exact(name)}${detail ? html`<span class="quiet">${exact(detail)}</span>` : nothing}</a></li>`)}
      </ul>
      ${shown.length ? nothing : html`<p class="quiet">No source has such a name.</p>`}
      ${this.connections.length ? nothing : html`<p class="quiet">A connection keeps the key pair of a store, so that its buckets can be imported from.</p>`}
      <a class="quiet-link" href="#/connections/new">New connection</a>`;
  }
}

const read = () => JSON.parse(localStorage.getItem(RECENT) ?? '[]');

/** Puts a source before the others from now on. */
export function used(id) {
  localStorage.setItem(RECENT, JSON.stringify([id, ...read().filter(other => other !== id)].slice(0, REMEMBERED)));
}

/** Ids of connections, the one that was used last first. */
export const usedBefore = () => read().filter(id => id !== null);

/** The id of the source that was used last; else of the first connection, or of base storage. */
export function usedLast(connections) {
  const ids = connections.map(({ id }) => String(id));
  return [...read().filter(id => id === null || ids.includes(id)), ...ids, null][0];
}

/** Base storage and the connections, those used last first. */
function sourcesOf(connections, recent) {
  const rank = id => (recent.includes(id) ? recent.indexOf(id) : REMEMBERED);
  return [
    { id: null, name: 'Base storage', detail: 'uploads and results' },
    ...connections.map(({ id, name, bucket }) => ({ id: String(id), name, detail: bucket })).sort((one, other) => rank(one.id) - rank(other.id)),
  ];
}

customElements.define('source-list', SourceList);
