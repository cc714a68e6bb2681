import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { get } from '../api.js';
import { again } from '../dom.js';
import { copy } from '../feedback.js';
import { count, exact, size, time } from '../format.js';
import { query as encoded } from '../uris.js';

const KINDS = { uploads: 'Uploads', results: 'Results', samples: 'Samples', temporary: 'Temporary files', other: 'Anything else' };
const DAYS = [
  ['temporaryDays', 'Temporary files', '7'],
  ['incompleteUploadDays', 'Incomplete uploads', '7'],
  ['uploadsDays', 'Uploads', 'never'],
  ['resultsDays', 'Results', 'never'],
  ['samplesDays', 'Samples', 'never'],
];

class StorageLifecycle extends LitElement {
  static properties = { report: { state: true }, failure: { state: true }, running: { state: true } };

  createRenderRoot() {
    return this;
  }

  /** Counts, and goes with the view. */
  async begin(query, signal) {
    this.days = Object.fromEntries(DAYS.map(([name]) => [name, query.get(name)]).filter(([, value]) => value));
    this.running = new AbortController();
    signal.addEventListener('abort', () => this.running?.abort());
    try {
      this.report = await get(`/v4/storage/lifecycle?${encoded(this.days)}`, this.running.signal);
    } catch (failure) {
      if (failure.name !== 'AbortError') this.failure = failure;
    }
    this.running = null;
  }

  render() {
    return html`
      <p class="lead quiet">Nothing but temporary files is ever removed by Wharf. Here is what has come together in base storage, and a lifecycle rule by which the store itself would purge it.</p>
      ${this.#found()}
      <form class="sheet days" data-passing novalidate @submit=${this.#ask}>
        <h2>Let the store remove, after days</h2>
        <div class="columns">${DAYS.map(([name, label, usual]) => html`<div class="field"><label for=${name}>${label}</label>
          <input type="text" inputmode="numeric" id=${name} name=${name} placeholder=${usual} .value=${this.days[name] ?? ''} autocomplete="off"></div>`)}</div>
        <div class="actions"><button type="submit" class="main">Show the rule</button></div>
      </form>
      ${this.report ? this.#rules(this.report) : nothing}`;
  }

  #found() {
    const { report, failure, running } = this;
    if (running) return html`<p class="quiet" role="status">Counting what is in the bucket. Many objects take a while. <button type="button" @click=${() => running.abort()}>Stop</button></p>`;
    if (failure) return html`<div class="problem" role="alert"><p>${exact(failure.message)}</p><button type="button" @click=${again}>Try again</button></div>`;
    if (!report) return html`<p class="quiet" role="status">Stopped. <button type="button" @click=${again}>Count again</button></p>`;
    if (!report.prefixes.some(({ objects, incompleteUploads }) => objects || incompleteUploads)) return html`<div class="empty"><p>Nothing has come together yet in ${exact(report.bucket)}: uploads and results will be counted here.</p></div>`;
    return this.#picture(report);
  }

  #picture({ bucket, prefixes, partial, uploadsPartial }) {
    const rows = prefixes.filter(({ objects, incompleteUploads }) => objects || incompleteUploads).sort((one, other) => other.bytes - one.bytes);
    const most = Math.max(1, ...rows.map(({ bytes }) => bytes));
    const now = Date.now();
    const first = Math.min(now - 1, ...rows.filter(({ oldest }) => oldest).map(({ oldest }) => Date.parse(oldest)));
    const at = when => (Date.parse(when) - first) / (now - first) * 100;
    return html`
      <h2>In ${exact(bucket)}</h2>
      ${partial ? html`<p class="warning">There is more than could be counted in time.</p>` : nothing}
      <table role="table" class="picture"><caption class="unseen">What is in base storage, by prefix</caption>
        <thead role="rowgroup"><tr role="row">${['Prefix', 'Size', 'Written'].map(label => html`<th role="columnheader" scope="col">${label}</th>`)}</tr></thead>
        <tbody role="rowgroup">${rows.map(row => html`<tr role="row">
          <td role="cell" class="prefix"><strong>${KINDS[row.kind] ?? row.kind}</strong><div class="quiet"><code>${row.prefix ? exact(row.prefix) : 'the whole bucket'}</code></div></td>
          <td role="cell" data-label="Size">${bar(0, row.bytes / most * 100)}<div>${size(row.bytes)} <span class="quiet">in ${count(row.objects, 'object', 'objects')}${row.incompleteUploads ? `; ${count(row.incompleteUploads, 'incomplete upload', 'incomplete uploads')}${uploadsPartial ? ' or more' : ''}` : ''}</span></div></td>
          <td role="cell" data-label="Written">${row.oldest ? html`${bar(at(row.oldest), Math.max(1, at(row.newest) - at(row.oldest)))}<div class="quiet">${time(row.oldest)}${row.newest === row.oldest ? nothing : html` to ${time(row.newest)}`}</div>` : nothing}</td></tr>`)}</tbody></table>`;
  }

  #rules({ lifecycleConfiguration, command, notes }) {
    const rule = JSON.stringify(lifecycleConfiguration, null, 2);
    return html`<section class="sheet"><h2>The rule</h2>
      <p class="quiet">Keep it as <code>lifecycle.json</code>, and run the command with the rights of the bucket’s owner. It takes the place of all rules that the bucket has.</p>
      ${notes.map(note => html`<p class="quiet">${exact(note)}</p>`)}
      ${written(rule, 'lifecycle rule')}${written(command, 'command')}</section>`;
  }

  #ask(event) {
    event.preventDefault();
    const days = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value.trim()));
    const address = `#/workspace/lifecycle${Object.keys(days).length ? `?${encoded(days)}` : ''}`;
    if (address === window.location.hash) again();
    else window.location.hash = address;
  }
}

const bar = (from, length) => html`<svg class="bar" width="100%" height="10" aria-hidden="true"><rect class="whole" width="100%" height="10" rx="5"></rect><rect class="part" x="${from.toFixed(2)}%" width="${length.toFixed(2)}%" height="10" rx="5"></rect></svg>`;

const written = (text, what) => guard([text], () => html`<div class="written"><div class="actions">${copy(text, what)}</div><pre tabindex="0" role="region" aria-label=${what}>${text}</pre></div>`);

customElements.define('storage-lifecycle', StorageLifecycle);
