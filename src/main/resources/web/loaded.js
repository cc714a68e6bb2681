import { html, LitElement } from 'lit';
import { problem } from './feedback.js';

/** An element that shows what the service answers: it asks when it is shown, and no longer once it is left. */
export class Loaded extends LitElement {
  static properties = { data: { state: true }, failure: { state: true } };

  #stop;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  /** Asks anew; what is shown stays until the answer is here. */
  async load() {
    this.#stop?.abort();
    const { signal } = this.#stop = new AbortController();
    try {
      const data = await this.fetch(signal);
      if (!signal.aborted) Object.assign(this, { data, failure: null });
    } catch (failure) {
      if (!signal.aborted) this.failure = failure;
    }
  }

  render() {
    if (this.failure) return problem(this.failure, () => this.load());
    return this.data ? this.content(this.data) : html`<p class="quiet loading" role="status">${this.constructor.waits ?? 'Loading…'}</p>`;
  }
}
