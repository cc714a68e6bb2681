import { html, LitElement, nothing } from 'lit';
import { post, put } from '../api.js';
import { lookAgain } from '../datasets/dataset-dialogs.js';
import { saidOf, valueWords } from '../datasets/source-words.js';
import { announce, busy, problem } from '../feedback.js';
import { duration, exact, time } from '../format.js';
import { repeat } from '../repeat.js';
import { watch } from '../watch.js';
import { progressOf } from './job-progress.js';
import { resultsOf } from './job-results.js';
import { badge, filesChanged, goesOn, isRunning, reasonOf } from './job-status.js';

/** How a job goes, live, and what it has left. */
class JobView extends LitElement {
  static properties = { job: { attribute: false }, progress: { state: true }, failure: { state: true }, looked: { state: true } };

  #stop;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stop = new AbortController();
    this.#follow();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop.abort();
  }

  #follow() {
    const { signal } = this.#stop;
    if (isRunning(this.job)) {
      watch(`/v4/jobGroups/${this.job.id}/progress`, signal, ({ step }) => step === 'over', progress => { this.progress = progress; })
        .then(() => this.#again(signal), () => {}); // what is gone is said by the view itself
    } else if (this.job.newDataset && !this.job.newDataset.id && !this.job.warning && this.job.status === 'Complete') {
      repeat(signal, async () => {
        this.job = await this.fresh(signal);
        return this.job.newDataset.id || this.job.warning ? 0 : 1_000;
      });
    }
  }

  async #again(signal = this.#stop.signal) {
    try {
      const before = isRunning(this.job);
      Object.assign(this, { job: await this.fresh(signal), failure: null });
      if (before && !isRunning(this.job)) announce(`Job ${this.job.id}: ${this.job.status.toLowerCase()}.`);
      this.#follow();
    } catch (failure) {
      if (!signal.aborted) this.failure = failure;
    }
  }

  render() {
    const { job, progress } = this;
    const running = isRunning(job);
    return html`
      <p class="lead job-line">${badge(job)} <span>${running ? 'since' : 'started'} ${time(job.createdAt)}${running ? nothing : `, took ${duration(job.createdAt, job.updatedAt)}`}${job.creator.name ? html`, by ${exact(job.creator.name)}` : nothing}${job.ranfrom === 'schedule' ? ' on a schedule' : nothing}${job.publishedFrom ? html`, publishes the results of <a href="#/jobs/${job.publishedFrom.id}">job ${job.publishedFrom.id}</a>` : nothing}</span>
        ${running ? html`<button type="button" class="bad" @click=${event => this.#do(event, 'Canceling…', () => post(`/v4/jobGroups/${job.id}/cancel`))}>Cancel</button>` : nothing}</p>
      ${this.#said()}
      ${running ? html`<section class="sheet live" aria-label="Progress">${progress && progress.step !== 'over' ? progressOf(progress) : html`<p class="quiet">Asking how far it is…</p>`}</section>` : nothing}
      ${job.errorMessage ? this.#failed() : nothing}
      ${job.warning ? html`<div class="warning"><p>${exact(job.warning)}</p>${job.status === 'Complete' ? html`<button type="button" @click=${event => this.#do(event, 'Checking…')}>Check again</button>` : nothing}</div>` : nothing}
      ${this.looked ? html`<p class="quiet" role="status">${this.looked}</p>` : nothing}
      ${this.failure ? problem(this.failure, () => this.#again()) : nothing}
      ${resultsOf(job, () => this.#again())}`;
  }

  /** By which values its files were found, and its results named. */
  #said() {
    const values = saidOf(this.job);
    const asOf = this.job.runParameters?.referenceDate;
    if (!values.length && !asOf) return nothing;
    return html`<p class="run-values">Run with ${valueWords(values)}${values.length && asOf ? '; ' : nothing}${asOf ? html`dates as of ${time(asOf)}` : nothing}</p>`;
  }

  #failed() {
    const { job } = this;
    return html`<div class="problem"><p>${exact(reasonOf(job))}</p>
      <div class="actions">${goesOn(job) ? html`
        <button type="button" @click=${event => this.#do(event, 'Going on…', () => put(`/v4/jobGroups/${job.id}/publish`, {}))}>Go on</button>
        <button type="button" class="bad" @click=${event => this.#do(event, 'Giving up…', () => post(`/v4/jobGroups/${job.id}/withdraw`))}>Give up the rest</button>` : nothing}
        ${filesChanged(job) ? html`<button type="button" class="main" @click=${() => lookAgain({ id: job.wrangledDataset.id, name: job.name })}>Look again</button>` : nothing}
        ${job.wrangledDataset ? html`<a class="button" href="#/datasets/${job.wrangledDataset.id}/run?like=${job.id}">Run again</a>` : nothing}</div></div>`;
  }

  /** Does something with the job and shows how it stands then; the service looks for files that are not listed by itself. */
  async #do(event, label, work) {
    await busy(event.currentTarget, label, async () => {
      try {
        await work?.();
        await this.#again();
        this.looked = work || !this.job.warning ? null : html`Looked at ${time(new Date().toISOString())}: it is still so. The service looks again by itself.`;
      } catch (failure) {
        this.failure = failure;
      }
    });
  }
}

customElements.define('job-view', JobView);
