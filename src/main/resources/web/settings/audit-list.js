import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { get } from '../api.js';
import { whisper } from '../feedback.js';
import { count, exact, moment } from '../format.js';
import { location, query } from '../uris.js';
import { filtered } from './audit-filter.js';
import { operation, OUTCOMES, PROGRAMS, VIA } from './audit-words.js';

const ROWS = 50;
const KINDS = { denied: 'failed', failed: 'warned' };
const COLUMNS = ['When', 'Who', 'What', 'Outcome'];

class AuditList extends LitElement {
  static properties = { events: { state: true }, complete: { state: true }, loading: { state: true }, failure: { state: true } };

  #offset = 0;

  createRenderRoot() {
    return this;
  }

  /** Fetches the first page, before it is shown. */
  async begin(filter, signal) {
    this.filter = filter;
    this.signal = signal;
    this.events = [];
    await this.#page();
  }

  async #page() {
    const { data } = await get(`/v4/auditEvents?${query({ ...this.filter, limit: ROWS, offset: this.#offset })}`, this.signal);
    const seen = new Set(this.events.map(({ id }) => id));
    const fresh = data.filter(({ id }) => !seen.has(id)); // what happened since has moved the pages on
    this.#offset += data.length;
    this.events = [...this.events, ...fresh];
    this.complete = data.length < ROWS;
    return fresh.length;
  }

  async #more() {
    this.loading = true;
    this.failure = null;
    try {
      whisper(`${count(await this.#page(), 'more event', 'more events')}.`);
      await this.updateComplete;
      this.querySelector('.end')?.focus();
    } catch (failure) {
      if (failure.name !== 'AbortError') this.failure = failure;
    }
    this.loading = false;
  }

  render() {
    if (!this.events.length) {
      return Object.keys(this.filter).length
        ? html`<div class="empty"><p>No event is of this kind.</p><div class="actions"><a class="button" href=${filtered({})}>Show all</a></div></div>`
        : html`<div class="empty"><p>Nothing was recorded yet.</p></div>`;
    }
    return html`
      <div class="events"><table role="table"><caption class="unseen">Audit events</caption>
        <thead role="rowgroup"><tr role="row">${COLUMNS.map(label => html`<th role="columnheader" scope="col">${label}</th>`)}</tr></thead>
        <tbody role="rowgroup">${repeat(this.events, ({ id }) => id, event => this.#row(event))}</tbody></table></div>
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure.message)}</p></div>` : nothing}
      <div class="more">${this.complete ? html`<p class="quiet end" tabindex="-1">That is all.</p>` : html`<button type="button" ?disabled=${this.loading} @click=${this.#more}>${this.loading ? 'Loading…' : 'More'}</button>`}</div>`;
  }

  #row(event) {
    const { outcome } = event;
    return html`<tr role="row">
      <td role="cell" class="when" data-label="When">${moment(event.createdAt)}${this.#sameRequest(event)}</td>
      <td role="cell" class="who" data-label="Who">${this.#who(event)}</td>
      <td role="cell" class="wide" data-label="What">${this.#what(event)}</td>
      <td role="cell" class="outcome" data-label="Outcome"><span class=${KINDS[outcome] ? `badge state ${KINDS[outcome]}` : 'quiet'}>${OUTCOMES[outcome] ?? outcome}</span></td></tr>`;
  }

  /** A job's events are of one request, which is the job. */
  #sameRequest({ requestId, createdAt }) {
    return requestId && requestId !== this.filter.requestId
      ? html`<div><a class="quiet" href=${filtered({ requestId })} aria-label="All events of this request, ${createdAt}">this request</a></div>` : nothing;
  }

  #who({ actor, person, via, requestId }) {
    const name = id => exact(this.people.get(id) ?? (id === person.id ? person.email : `Person ${id}`));
    const job = /^jobGroup\/(\d+)$/.exec(requestId ?? '')?.[1];
    if (actor) return html`${name(actor.id)}<div class="quiet">${actor.id === person.id ? nothing : html`for ${name(person.id)}, `}${VIA[via] ?? via}</div>`;
    return html`${via === 'job' && job ? html`<a href="#/jobs/${job}">Job ${job}</a>` : PROGRAMS[via] ?? via}<div class="quiet">for ${name(person.id)}</div>`;
  }

  #what({ operation: name, connection, bucket, key, detail }) {
    const store = connection ? (this.connections.has(connection.id) ? html`<a href="#/connections/${connection.id}">${exact(this.connections.get(connection.id))}</a>` : `Connection ${connection.id}`) : bucket && 'Base storage';
    return html`<strong>${operation(name)}</strong>
      ${store || bucket ? html`<div>${store || nothing}${bucket ? html` <code>${exact(location({ bucket, key: key ?? '' }))}</code>` : nothing}</div>` : nothing}
      ${detail ? html`<div class="quiet">${exact(detail)}</div>` : nothing}`;
  }
}

customElements.define('audit-list', AuditList);
