import { html, LitElement, nothing } from 'lit';
import { exact, visible } from '../format.js';
import { entrance, importFrom, parse, write } from '../uris.js';
import { usedBefore } from './recent.js';

const FEW = 6; // need no filter

/** Where data comes from: uploads, base storage and connections, those used last first. */
class SourceList extends LitElement {
  static properties = { connections: { attribute: false }, storage: { attribute: false }, wholeBase: { attribute: false }, here: { attribute: false }, filter: { state: true } };

  constructor() {
    super();
    this.filter = '';
    this.recent = usedBefore(); // once, so that nothing moves under the hand of who chooses
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const sources = sourcesOf(this);
    const here = sources.findLast(({ uri }) => isIn(parse(uri), parse(this.here)))?.uri;
    const wanted = this.filter.toLowerCase();
    const shown = sources.filter(({ name }) => name.toLowerCase().includes(wanted));
    return html`
      <h2 id="sources">Sources</h2>
      ${sources.length > FEW ? html`<input type="search" aria-label="Filter sources" placeholder="Filter" autocomplete="off" spellcheck="false" .value=${this.filter} @input=${event => { this.filter = event.target.value; }}>` : nothing}
      <ul>
        <li><a href="#/upload">Upload files</a></li>
        ${shown.map(({ uri, href, name, detail }) => html`<li><a href=${href} title=${visible(name)} aria-current=${uri === here ? 'true' : nothing}>${exact(name)}${detail ? html`<span class="quiet">${exact(detail)}</span>` : nothing}</a></li>`)}
      </ul>
      ${shown.length || !sources.length ? nothing : html`<p class="quiet">No source has such a name.</p>`}
      ${this.connections.length ? nothing : html`<p class="quiet">A connection keeps the key pair of a store, so that its buckets can be imported from.</p>`}
      <a class="quiet-link" href="#/connections/new">Create Connection</a>`;
  }
}

/** Base storage, of which everybody sees at least what is their own, and the connections, those used last first. */
function sourcesOf({ connections, recent, storage, wholeBase }) {
  const rank = id => (recent.includes(id) ? recent.indexOf(id) : recent.length);
  const whole = connectionId => ({ uri: write({ bucket: '', key: '', connectionId }), href: entrance(connectionId) });
  return [
    ...(storage ? [
      { ...whole(null), name: 'Base storage', detail: wholeBase ? 'all uploads and results' : 'your uploads and results' },
      { uri: storage.uploads, href: importFrom({ uri: storage.uploads }), name: 'Your uploads' },
    ] : []),
    ...connections.map(({ id, name, bucket }) => ({ ...whole(id), id: String(id), name, detail: bucket })).sort((one, other) => rank(one.id) - rank(other.id)),
  ];
}

const isIn = (source, place) => String(source.connectionId) === String(place.connectionId) && (!source.bucket || (source.bucket === place.bucket && place.key.startsWith(source.key)));

customElements.define('source-list', SourceList);
