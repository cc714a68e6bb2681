import { html, LitElement, nothing } from 'lit';
import { problem } from './feedback.js';
import { repeat } from './repeat.js';

/**
 * An element that shows what the service answers: it asks when it is shown, again after `static every` milliseconds, and no
 * longer once it is left. `fetch(signal)` asks, `content(data)` shows.
 */
export class Loaded extends LitElement {
  static properties = { data: { state: true }, failure: { state: true } };

  #left;
  #stop;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#left = new AbortController();
    this.load();
    const { every } = this.constructor;
    if (every) {
      repeat(this.#left.signal, async () => {
        await this.#ask();
        return every;
      });
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#left.abort();
    this.#stop?.abort();
  }

  /** Asks anew; what is shown stays until the answer is here. */
  async load() {
    try {
      await this.#ask();
    } catch (failure) {
      this.failure = failure;
    }
  }

  async #ask() {
    this.#stop?.abort();
    const { signal } = this.#stop = new AbortController();
    try {
      const data = await this.fetch(signal);
      if (!signal.aborted) Object.assign(this, { data, failure: null });
    } catch (failure) {
      if (!signal.aborted) throw failure;
    }
  }

  render() {
    if (this.failure) return html`${problem(this.failure, () => this.load())}${this.data ? this.content(this.data) : nothing}`;
    return this.data ? this.content(this.data) : html`<p class="quiet loading" role="status">${this.constructor.waits ?? 'Loading…'}</p>`;
  }
}
