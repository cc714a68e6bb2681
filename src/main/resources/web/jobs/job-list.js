import { html, LitElement, nothing } from 'lit';
import { get } from '../api.js';
import { saidOf, valueWords } from '../datasets/source-words.js';
import { problem } from '../feedback.js';
import { duration, exact, time } from '../format.js';
import { repeat } from '../repeat.js';
import { table } from '../table.js';
import { query } from '../uris.js';
import { badge, isRunning, reasonOf } from './job-status.js';

const ROWS = 50;
const PAUSE = 250; // ms between a key and the search
const STATES = [['', 'All'], ['Created,InProgress', 'Under way'], ['Complete', 'Complete'], ['Failed', 'Failed'], ['Canceled', 'Canceled']];
const ORIGINS = [['', 'By anything'], ['api', 'By a person'], ['schedule', 'By a schedule']];
const PEOPLE = [['', 'Everybody'], ['currentUser', 'Me']];

const COLUMNS = [
  { label: 'Job', kind: 'wide', cell: job => html`<a href="#/jobs/${job.id}"><span class="quiet">${job.id}</span> ${exact(job.name)}</a>
    ${saidOf(job).length ? html`<div class="quiet">with ${valueWords(saidOf(job))}</div>` : nothing}
    ${job.ranfor === 'publish' ? html`<div class="quiet">Publication${job.publishedFrom ? ` of job ${job.publishedFrom.id}` : ''}</div>` : nothing}
    ${job.errorMessage ? html`<div class="clip bad-text">${exact(reasonOf(job))}</div>` : nothing}` },
  { label: 'Status', cell: badge },
  { label: 'Who', cell: job => html`${exact(job.creator.name ?? '')}${job.ranfrom === 'schedule' ? html`<div class="quiet">by a schedule</div>` : nothing}` },
  { label: 'Started', kind: 'when', cell: job => time(job.createdAt) },
  { label: 'Took', kind: 'amount', cell: job => (isRunning(job) ? '' : duration(job.createdAt, job.updatedAt)) },
];

/** Jobs, newest first, as they are filtered; they change while one looks. */
class JobList extends LitElement {
  static properties = { asked: { state: true }, rows: { state: true }, more: { state: true }, failure: { state: true } };

  #typed;

  createRenderRoot() {
    return this;
  }

  async go(asked, me, signal) {
    const rows = await this.#page(asked, 0, signal);
    Object.assign(this, { asked, me, rows, more: rows.length === ROWS, failure: null, signal });
    repeat(signal, () => this.#freshen());
  }

  async #page({ search, status, from, by }, offset, signal) {
    const asked = { limit: ROWS, offset, embed: 'creator', ...(search && { filter: search, filterType: 'contains' }), ...(status && { status }), ...(from && { ranfrom: from }), ...(by && { runBy: by }) };
    return (await get(`/v4/jobLibrary?${query(asked)}`, signal)).data;
  }

  render() {
    if (!this.rows) return nothing;
    const { asked, rows } = this;
    const filtered = Object.values(asked).some(Boolean);
    if (!rows.length && !filtered) return empty();
    const select = (label, name, options) => html`<label>${label} <select @change=${event => this.#ask({ [name]: event.target.value })}>${options.map(([value, words]) => html`<option value=${value} .selected=${value === asked[name]}>${words}</option>`)}</select></label>`;
    return html`
      <form class="tools" role="search" data-passing @submit=${event => event.preventDefault()}>
        <input type="search" class="filter" aria-label="Search jobs by the name of their dataset" placeholder="Dataset" autocomplete="off" spellcheck="false" data-keeps-focus .value=${asked.search} @input=${this.#search}>
        ${select('Status', 'status', STATES)}${select('Started', 'from', ORIGINS)}${this.me.workspaceAdmin ? select('By', 'by', PEOPLE) : nothing}
      </form>
      ${rows.length ? table('Jobs', COLUMNS, rows) : html`<div class="empty"><p>No job is like that.</p><div class="actions"><a class="button" href="#/jobs">Show all</a></div></div>`}
      ${this.failure ? problem(this.failure, () => this.#further()) : nothing}
      ${this.more ? html`<div class="more"><button type="button" @click=${this.#further}>More</button></div>` : nothing}`;
  }

  #search(event) {
    clearTimeout(this.#typed);
    const search = event.target.value.trim();
    this.#typed = setTimeout(() => this.#ask({ search }), PAUSE);
  }

  async #ask(change) {
    const asked = { ...this.asked, ...change };
    const wanted = query(Object.entries(asked).filter(([, value]) => value));
    history.replaceState(history.state, '', `#/jobs${wanted && `?${wanted}`}`);
    this.asked = asked;
    try {
      const rows = await this.#page(asked, 0, this.signal);
      if (asked === this.asked) Object.assign(this, { rows, more: rows.length === ROWS, failure: null });
    } catch (failure) {
      if (failure.name !== 'AbortError') this.failure = failure;
    }
  }

  async #further() {
    try {
      const page = await this.#page(this.asked, this.rows.length, this.signal);
      const known = new Set(this.rows.map(({ id }) => id)); // jobs that came meanwhile have moved the others
      Object.assign(this, { rows: [...this.rows, ...page.filter(({ id }) => !known.has(id))], more: page.length === ROWS, failure: null });
    } catch (failure) {
      this.failure = failure;
    }
  }

  async #freshen() {
    const { asked } = this;
    const fresh = await this.#page(asked, 0, this.signal);
    const ids = new Set(fresh.map(({ id }) => id));
    const rows = [...fresh, ...this.rows.filter(({ id }) => fresh.length === ROWS && id < fresh.at(-1).id && !ids.has(id))];
    if (asked === this.asked && JSON.stringify(rows) !== JSON.stringify(this.rows)) this.rows = rows;
    return rows.some(isRunning) ? 2_000 : 10_000;
  }
}

const empty = () => html`<div class="empty"><p>No jobs yet. A job reads a dataset and writes results into a folder of its own: choose a dataset and run it.</p>
  <div class="actions"><a class="button main" href="#/datasets">Choose a dataset</a></div></div>`;

customElements.define('job-list', JobList);
