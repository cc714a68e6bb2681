import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { lines } from '../api.js';
import { copy } from '../feedback.js';
import { exact, time } from '../format.js';
import { query } from '../uris.js';
import { failed, label, merged, offers, OUTCOMES, verdict, words, works } from './test-words.js';
import { lastTest, remember } from './tested.js';

const PURPOSES = [['read', 'Reading'], ['browseAll', 'Reading, and browsing all buckets'], ['write', 'Reading and writing']];

/**
 * Where a connection is tried, and what is found, operation by operation. `request` answers the path and the document to send,
 * or throws why not; `now` what is set under a parameter's name; `change` takes a name and the value that was found for it, and
 * without it nothing is offered. `told` events carry the rows of each report. With `fixed`, what is asked is not to be chosen, and
 * whoever shows it begins the test.
 */
class ConnectionTest extends LitElement {
  static properties = {
    request: { attribute: false }, now: { attribute: false }, change: { attribute: false }, connection: { attribute: false }, fixed: { attribute: false }, remark: { attribute: false },
    rows: { state: true }, report: { state: true }, failure: { state: true }, running: { state: true },
  };

  constructor() {
    super();
    this.forget();
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.running?.abort();
  }

  /** What was found is of something else by now. */
  forget() {
    this.running?.abort();
    this.running = null;
    this.rows = [];
    this.report = null;
    this.failure = null;
  }

  /** Null where it has not come to its end. */
  async test() {
    this.forget();
    const running = this.running = new AbortController();
    try {
      const { path, json } = this.request();
      const asked = this.#asked();
      for await (const some of lines(`${path}?${query(asked)}`, running.signal, json, 'POST')) {
        if (running !== this.running) return null;
        this.rows = [...this.rows, ...some.filter(({ type }) => type === 'row').map(({ row }) => row)];
        this.report = some.find(({ type }) => type === 'report')?.report ?? this.report;
      }
      if (!this.report) return null;
      this.rows = asked.write ? this.report.rows : this.report.rows.filter(row => row.operation !== 'putObject' || row.outcome !== 'skipped');
      if (this.connection) remember(this.connection, this.report);
      this.dispatchEvent(new CustomEvent('told', { detail: this.report.rows }));
    } catch (failure) {
      if (failure.name !== 'AbortError' && running === this.running && !this.refuse?.(failure)) this.failure = failure;
    } finally {
      if (running === this.running) this.running = null;
    }
    return this.report;
  }

  #asked() {
    if (this.fixed) return this.fixed;
    const purpose = this.querySelector('.purpose').value;
    const typed = this.querySelector('.place').value.trim().replace(/^s3[an]?:\/\//, '');
    return {
      purpose,
      write: purpose === 'write',
      ...(typed && (typed.includes('/') ? { path: `s3://${typed}` } : { bucket: typed })),
    };
  }

  render() {
    if (this.fixed) return html`<div class="try">${this.#found()}</div>`;
    return html`
      <div class="try" data-passing>
        <div class="columns">
          <div class="field"><label for="test-purpose">What it is for</label>
            <select id="test-purpose" class="purpose" aria-describedby="test-purpose-hint">${PURPOSES.map(([value, text]) => html`<option value=${value}>${text}</option>`)}</select>
            <p class="hint" id="test-purpose-hint">For writing, small objects are written and removed again.</p></div>
          <div class="field"><label for="test-place">Where to try</label>
            <input id="test-place" class="place" type="text" placeholder="bucket, or s3://bucket/folder/" aria-describedby="test-place-hint" autocomplete="off" spellcheck="false" @keydown=${this.#enter}>
            <p class="hint" id="test-place-hint">The default bucket if left empty.</p></div>
        </div>
        <div class="actions"><button type="button" class="test" ?disabled=${Boolean(this.running)} @click=${this.test}>${this.running ? 'Testing…' : 'Test Connection'}</button>
          ${this.running ? html`<button type="button" class="plain" @click=${this.forget}>Stop</button>` : nothing}</div>
        ${this.remark ? html`<p class="hint">${this.remark}</p>` : nothing}
        ${this.#found()}
      </div>`;
  }

  #enter(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // it would save the form
    this.test();
  }

  #found() {
    const { report, rows, running, failure } = this;
    const said = running ? (rows.length ? `Tried: ${label(rows.at(-1).operation)}` : 'Testing…') : report ? verdict(report) : '';
    const before = !running && !report && !failure && this.connection && lastTest(this.connection);
    return html`
      ${before ? html`<p class="quiet">${before.works ? 'It worked' : html`It did not work (${exact(before.message)})`} when it was last tried from here, ${time(before.at)}.</p>` : nothing}
      <p role="status" class=${report ? `verdict ${works(report) ? 'good' : 'bad-text'}` : 'quiet'}>${said}</p>
      ${failure ? html`<div class="problem" role="alert"><p>${exact(failure.message)}</p></div>` : nothing}
      ${report && this.change ? this.#offers(report) : nothing}
      ${rows.length ? html`<ol class="trial" aria-label="Operations that were tried">${merged(rows).map(row => this.#row(row))}</ol>` : nothing}
      ${report?.policy ? this.#policy(report.policy) : nothing}`;
  }

  /** What the connection does without is no failure of it. What went well is said by its message alone. */
  #row(row) {
    const [word, kind] = OUTCOMES[row.outcome] ?? [row.outcome, ''];
    const spared = failed(row) && !row.needed;
    const permission = row.outcome === 'denied' && row.action && !row.message.includes(row.action);
    return html`<li data-outcome=${row.outcome}>
      <div class="outcome"><span class="badge state ${spared ? 'warned' : kind}">${word}</span>${spared ? html` <span class="quiet">not needed</span>` : nothing}</div>
      <div class="what">${row.outcome === 'allowed' ? exact(row.message) : html`<strong>${row.operations.map(label).join(', ')}</strong><div>${exact(words(row))}</div>`}
        ${permission ? html`<div class="quiet"><code>${row.action}</code>${row.resource ? html` on <code>${exact(row.resource)}</code>` : nothing}</div>` : nothing}</div></li>`;
  }

  #offers(report) {
    const some = offers(report, this.now);
    return some.length ? html`<div class="actions offers">${some.map(({ name, value, label: text }) => html`<button type="button" class=${works(report) ? '' : 'main'} @click=${() => this.#take(name, value)}>${text}</button>`)}</div>` : nothing;
  }

  async #take(name, value) {
    try {
      await this.change(name, value);
      await this.test();
    } catch (failure) {
      this.failure = failure;
    }
  }

  #policy(policy) {
    const written = JSON.stringify(policy, null, 2);
    return guard([written], () => html`<details class="policy"><summary>The smallest IAM policy for this</summary>
      <div class="actions">${copy(written, 'policy')}</div><pre tabindex="0" role="region" aria-label="IAM policy">${written}</pre></details>`);
  }
}

customElements.define('connection-test', ConnectionTest);
