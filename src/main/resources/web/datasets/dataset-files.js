import { html, LitElement, nothing } from 'lit';
import { get } from '../api.js';
import '../download.js';
import { problem } from '../feedback.js';
import { count, exact, size, time, visible } from '../format.js';
import { preview } from '../preview.js';
import { table } from '../table.js';
import { name, parse, query } from '../uris.js';
import { sourceWords } from './source-words.js';

const ROWS = 200;
const PAUSE = 250; // ms between a key and the filter

/** The files that a dataset consists of, with their folders, and by which rule they were found. */
class DatasetFiles extends LitElement {
  static properties = { imported: { attribute: false }, rows: { state: true }, total: { state: true }, failure: { state: true }, loading: { state: true } };

  #filter = '';
  #typed;
  #stop = new AbortController();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.rows = [];
    this.#more();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  render() {
    const { rows, total } = this;
    return html`
      ${this.imported.isDynamic ? html`<section class="sheet"><h2>Which files these are</h2>${sourceWords(this.imported)}</section>` : nothing}
      ${this.imported.leftOut.count ? html`<details><summary>${count(this.imported.leftOut.count, 'archived file was', 'archived files were')} left out</summary><ul class="left-out">${this.imported.leftOut.keys.map(key => html`<li>${exact(key)}</li>`)}</ul></details>` : nothing}
      <div class="tools"><input type="search" class="filter" data-passing aria-label="Filter by a part of the path" placeholder="Filter by a part of the path" autocomplete="off" spellcheck="false" @input=${this.#type}></div>
      ${rows.length ? table('Files', this.#columns(), rows, ({ key }) => key) : nothing}
      ${this.failure ? problem(this.failure, () => this.#more()) : nothing}
      <p class="quiet more" role="status">${this.loading ? 'Loading…' : html`${rows.length < total ? `${rows.length.toLocaleString()} of ` : nothing}${count(total ?? 0, 'file', 'files')}
        ${rows.length < total ? html`<button type="button" @click=${() => this.#more()}>More</button>` : nothing}`}</p>`;
  }

  /** A folder's files are told by what follows it; where paths vary, or a file is alone, by the whole key. */
  #columns() {
    const { key } = parse(this.imported.uri);
    const base = !this.imported.isDynamic && key.endsWith('/') ? key : '';
    return [
      { label: 'File', kind: 'wide', cell: file => html`<button type="button" class="plain inline" @click=${() => preview({ uri: file.uri, name: file.key })}>${exact(file.key.startsWith(base) ? file.key.slice(base.length) : file.key)}</button>` },
      { label: 'Size', kind: 'amount', cell: file => size(file.size) },
      { label: 'Last updated', kind: 'when', cell: file => time(file.lastModified) },
      { label: 'Actions', hidden: true, kind: 'do one', cell: file => html`<download-link .href=${`/vfsRead?${query({ uri: file.uri })}`} .name=${name(parse(file.uri))} .said=${`Download ${visible(file.key)}`} .kind=${'plain'}></download-link>` },
    ];
  }

  #type(event) {
    clearTimeout(this.#typed);
    const filter = event.target.value;
    this.#typed = setTimeout(() => {
      this.#filter = filter;
      this.#stop.abort();
      this.#stop = new AbortController();
      this.#more(true);
    }, PAUSE);
  }

  async #more(anew = false) {
    const { signal } = this.#stop;
    const before = anew ? [] : this.rows;
    this.loading = true;
    try {
      const page = await get(`/v4/importedDatasets/${this.imported.id}/files?${query({ limit: ROWS, offset: before.length, includeCount: true, ...(this.#filter && { filter: this.#filter }) })}`, signal);
      Object.assign(this, { rows: [...before, ...page.data], total: page.count, failure: null, loading: false });
    } catch (failure) {
      if (!signal.aborted) Object.assign(this, { failure, loading: false });
    }
  }
}

customElements.define('dataset-files', DatasetFiles);
