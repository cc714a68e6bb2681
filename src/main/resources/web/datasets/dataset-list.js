import { html, LitElement, nothing } from 'lit';
import { get } from '../api.js';
import { problem } from '../feedback.js';
import { count, exact, size, time, visible } from '../format.js';
import { table } from '../table.js';
import { query } from '../uris.js';
import { placeWords } from './source-words.js';

const ROWS = 100;
const PAUSE = 250; // ms between a key and the search
const SORTS = [['-id', 'Newest first'], ['id', 'Oldest first'], ['name', 'By name'], ['-updatedAt', 'Changed last']];

const COLUMNS = [
  { label: 'Name', kind: 'wide', cell: row => html`<a href="#/datasets/${row.id}">${exact(row.name)}</a>
    <div class="quiet">${placeWords(row)}</div>` },
  { label: 'Files', kind: 'amount', cell: row => row.fileCount.toLocaleString() },
  { label: 'Size', kind: 'amount', cell: row => size(row.size) },
  { label: 'Imported', kind: 'when', cell: row => time(row.createdAt) },
  { label: 'Actions', hidden: true, kind: 'do one', cell: row => html`<a class="button" href="#/datasets/${row.id}/run" aria-label="Run ${visible(row.name)}">Run</a>` },
];

/** All datasets, page by page, as they are searched and sorted. */
class DatasetList extends LitElement {
  static properties = { asked: { state: true }, rows: { state: true }, total: { state: true }, loading: { state: true }, failure: { state: true } };

  #turn = 0;
  #typed;

  createRenderRoot() {
    return this;
  }

  async go(asked, signal) {
    const turn = ++this.#turn;
    const page = await this.#page(asked, 0, signal);
    if (turn !== this.#turn) return; // something else was asked meanwhile
    Object.assign(this, { asked, rows: page.data.map(({ importedDataset }) => importedDataset), total: page.count, failure: null, signal });
  }

  #page({ search, sort }, offset, signal) {
    return get(`/v4/datasetLibrary?${query({ datasetsFilter: 'all', limit: ROWS, offset, sort, includeCount: true, ...(search && { filter: search, filterType: 'contains', filterFields: 'name,description,bucket,path' }) })}`, signal);
  }

  render() {
    if (!this.rows) return nothing;
    if (!this.total && !this.asked.search) return empty();
    return html`
      <form class="tools" role="search" data-passing @submit=${event => event.preventDefault()}>
        <input type="search" class="filter" aria-label="Search datasets" placeholder="Search names and places" autocomplete="off" spellcheck="false" data-keeps-focus
          .value=${this.asked.search} @input=${this.#search}>
        <label class="check">Sort <select @change=${event => this.#ask({ sort: event.target.value })}>${SORTS.map(([value, label]) => html`<option value=${value} .selected=${value === this.asked.sort}>${label}</option>`)}</select></label>
      </form>
      ${this.rows.length ? table('Datasets', COLUMNS, this.rows) : html`<div class="empty"><p>No dataset has ${exact(this.asked.search)} in its name or place.</p><div class="actions"><a class="button" href="#/datasets">Show all</a></div></div>`}
      ${this.failure ? problem(this.failure, () => this.#more()) : nothing}
      <p class="quiet more" role="status">${this.rows.length ? html`${this.rows.length < this.total ? `${this.rows.length.toLocaleString()} of ` : nothing}${count(this.total, 'dataset', 'datasets')}` : nothing}
        ${this.rows.length < this.total ? html`<button type="button" ?disabled=${this.loading} @click=${this.#more}>More</button>` : nothing}</p>`;
  }

  #search(event) {
    clearTimeout(this.#typed);
    const search = event.target.value.trim();
    this.#typed = setTimeout(() => this.#ask({ search }), PAUSE);
  }

  async #ask(change) {
    const { search, sort } = { ...this.asked, ...change };
    const wanted = query({ ...(search && { search }), ...(sort !== '-id' && { sort }) });
    history.replaceState(history.state, '', `#/datasets${wanted && `?${wanted}`}`);
    try {
      await this.go({ search, sort }, this.signal);
    } catch (failure) {
      if (failure.name !== 'AbortError') this.failure = failure;
    }
  }

  async #more() {
    this.loading = true;
    try {
      const page = await this.#page(this.asked, this.rows.length, this.signal);
      this.rows = [...this.rows, ...page.data.map(({ importedDataset }) => importedDataset)];
      this.failure = null;
    } catch (failure) {
      this.failure = failure;
    }
    this.loading = false;
  }
}

const empty = () => html`<div class="empty"><p>No datasets yet. A dataset is a file, or a folder of files of one structure, that jobs read. Import some from a source, or upload a file of your own.</p>
  <div class="actions"><a class="button main" href="#/import">Import data</a><a class="button" href="#/upload">Upload a file</a></div></div>`;

customElements.define('dataset-list', DatasetList);
