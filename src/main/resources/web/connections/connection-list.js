import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { lines } from '../api.js';
import { exact, time, visible } from '../format.js';
import { usedBefore } from '../import/recent.js';
import { entrance, query } from '../uris.js';
import { badges } from './badges.js';
import { rightsOf } from './rights.js';
import { lastTest, remember } from './tested.js';

const AT_ONCE = 3;

// Which of them are shown: the words of the address, and of the page.
const KINDS = {
  all: ['All', () => true],
  mine: ['Mine', (row, { owns }) => owns],
  shared: ['Shared with me', (row, { owns, use }) => !owns && use && !row.isGlobal],
  public: ['Public', row => row.isGlobal],
  failing: ['Failing', row => lastTest(row)?.works === false],
};

/** The connections that somebody has, those used last first. */
class ConnectionList extends LitElement {
  static properties = { connections: { attribute: false }, wanted: { state: true }, kind: { state: true }, testing: { state: true } };

  #recent = usedBefore();
  #stop = new AbortController();

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  render() {
    const { connections, me } = this;
    const part = this.wanted.trim().toLowerCase();
    const text = row => [row.name, row.description, row.bucket, row.params.endpoint, row.params.region, row.creator.name].filter(Boolean).join('\n').toLowerCase();
    const of = kind => connections.filter(row => (KINDS[kind] ?? KINDS.all)[1](row, rightsOf(row, me)));
    const found = this.#ordered(of(this.kind).filter(row => text(row).includes(part)));
    return html`
      ${this.off ? html`<p class="warning">S3 connectivity is off in this workspace, so no connection can be used. ${me.workspaceAdmin ? html`<a href="#/workspace">Turn it on</a>` : 'An administrator can turn it on.'}</p>` : nothing}
      ${connections.length ? html`
        <nav class="tabs" aria-label="Which connections">${Object.entries(KINDS).map(([kind, [label]]) => html`<a href=${address({ kind })} aria-current=${kind === this.kind ? 'page' : nothing}>${label} <span class="quiet">${of(kind).length}</span></a>`)}</nav>
        <div class="tools"><input type="search" class="search" aria-label="Find connections" placeholder="Find by name, bucket, store or owner" autocomplete="off" spellcheck="false" .value=${this.wanted} @input=${this.#find}>
          ${this.#testing(of(this.kind === 'failing' ? 'all' : this.kind))}</div>
        ${found.length ? html`<ul class="connections">${repeat(found, ({ id }) => id, row => this.#row(row))}</ul>` : this.#nothing()}` : html`
        <div class="empty"><p>No connections yet. A connection keeps the key pair of one store, so that nobody has to hand keys around. Make one to browse its buckets and import from them.</p>
          <div class="actions"><a class="button main" href="#/connections/new">Create Connection</a></div></div>`}
      ${me.roles.includes('dataAdmin') ? html`<p class="aside">You may also look into <a href=${entrance(null)}>base storage</a>, where uploads and default results are kept.</p>` : nothing}`;
  }

  /** Those used last first, then by name. */
  #ordered(rows) {
    const rank = ({ id }) => (this.#recent.includes(String(id)) ? this.#recent.indexOf(String(id)) : this.#recent.length);
    return rows.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
  }

  #row(row) {
    const may = rightsOf(row, this.me);
    const usable = may.use && row.hasCredentials;
    const page = `#/connections/${row.id}`;
    const recent = this.#recent.includes(String(row.id));
    return html`<li class="sheet">
      <div class="what"><a href=${page}>${exact(row.name)}</a>${badges(row, may)}${recent ? html`<span class="badge">Used recently</span>` : nothing}
        ${row.description ? html`<div class="quiet clip">${exact(row.description)}</div>` : nothing}
        <div class="quiet">${exact(row.params.endpoint ?? 'AWS S3')}, ${row.params.region ?? 'us-east-1'} · ${row.bucket ? exact(row.bucket) : 'all buckets'} · ${may.owns ? 'yours' : html`of ${exact(row.creator.name)}`}</div>
        ${this.#result(row)}</div>
      ${usable ? html`<a class="button" href=${entrance(row.id)} aria-label=${`Browse ${visible(row.name)}`}>Browse</a>` : nothing}</li>`;
  }

  #result(row) {
    if (this.testing?.has(row.id)) return html`<div class="quiet">Testing…</div>`;
    const last = lastTest(row);
    return last && !last.works ? html`<div class="bad-text">${exact(last.message)} <span class="quiet">(${time(last.at)})</span></div>` : nothing;
  }

  #testing(rows) {
    const usable = rows.filter(row => rightsOf(row, this.me).use && row.hasCredentials);
    if (!usable.length || this.off) return nothing;
    return this.testing
      ? html`<span role="status" class="quiet">${usable.length - this.testing.size} of ${usable.length} tested…</span><button type="button" @click=${this.#end}>Stop</button>`
      : html`<button type="button" @click=${() => this.#testAll(usable)}>Test ${usable.length === 1 ? 'it' : `these ${usable.length.toLocaleString()}`}</button>`;
  }

  #end() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.testing = null;
  }

  async #testAll(rows) {
    const { signal } = this.#stop;
    const left = [...rows];
    this.testing = new Set(rows.map(({ id }) => id));
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (left.length && !signal.aborted) await this.#test(left.shift(), signal);
    }));
    if (!signal.aborted) this.testing = null;
  }

  async #test(row, signal) {
    try {
      for await (const some of lines(`/v4/connections/${row.id}/status?purpose=read`, signal)) {
        const report = some.find(({ type }) => type === 'report')?.report;
        if (report) remember(row, report);
      }
    } catch (failure) {
      if (signal.aborted) return;
      remember(row, { result: 'FAILED', message: failure.message });
    }
    this.testing = new Set([...this.testing ?? []].filter(id => id !== row.id));
  }

  #nothing() {
    if (this.wanted) return html`<div class="empty"><p>No connection of this kind has ${exact(this.wanted)} in its name, bucket, store or owner.</p><div class="actions"><button type="button" @click=${() => this.#show('')}>Show all</button></div></div>`;
    const why = this.kind === 'failing' ? 'None of the connections that were tested from this browser failed. Test them to find out how they are now.' : 'None of the connections are of this kind.';
    return html`<div class="empty"><p>${why}</p></div>`;
  }

  #find(event) {
    this.#show(event.target.value);
  }

  #show(wanted) {
    this.wanted = wanted;
    history.replaceState(history.state, '', address({ kind: this.kind, wanted }));
  }
}

function address({ kind = 'all', wanted }) {
  const asked = query({ ...(kind !== 'all' && { show: kind }), ...(wanted && { find: wanted }) });
  return `#/connections${asked && '?'}${asked}`;
}

customElements.define('connection-list', ConnectionList);
