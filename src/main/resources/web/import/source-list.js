import { html, LitElement, nothing } from 'lit';
import { exact } from '../format.js';
import { importFrom, write } from '../uris.js';
import { usedBefore } from './recent.js';

const FEW = 6; // need no filter

/** Where data comes from: uploads, base storage and connections, those used last first. */
class SourceList extends LitElement {
  static properties = { connections: { attribute: false }, base: { attribute: false }, here: { attribute: false }, filter: { state: true } };

  constructor() {
    super();
    this.filter = '';
    this.recent = usedBefore(); // once, so that nothing moves under the hand of who chooses
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const sources = sourcesOf(this.connections, this.recent, this.base);
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
      ${shown.length || !sources.length ? nothing : html`<p class="quiet">No source has such a name.</p>`}
      ${this.connections.length ? nothing : html`<p class="quiet">A connection keeps the key pair of a store, so that its buckets can be imported from.</p>`}
      <a class="quiet-link" href="#/connections/new">Create Connection</a>`;
  }
}

/** Base storage, for whom it is open to, and the connections, those used last first. */
function sourcesOf(connections, recent, base) {
  const rank = id => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  return [
    ...(base ? [{ id: null, name: 'Base storage', detail: 'uploads and results' }] : []),
    ...connections.map(({ id, name, bucket }) => ({ id: String(id), name, detail: bucket })).sort((one, other) => rank(one.id) - rank(other.id)),
  ];
}

customElements.define('source-list', SourceList);
