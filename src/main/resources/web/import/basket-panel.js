import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '../download.js';
import { count, exact } from '../format.js';
import { archive } from '../uris.js';
import './basket-item.js';
import { importableItem } from './work.js';

const SHOWN = 30;

/** What will be imported, and what has been. */
class BasketPanel extends LitElement {
  static properties = { basket: { attribute: false }, work: { attribute: false }, shown: { state: true }, emptied: { state: true } };

  #told = () => {
    if (this.basket.items.some(({ state }) => state !== 'imported')) this.emptied = [];
    this.requestUpdate();
  };

  constructor() {
    super();
    this.shown = SHOWN;
    this.emptied = [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.basket.addEventListener('change', this.#told);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.basket.removeEventListener('change', this.#told);
  }

  render() {
    const { items } = this.basket;
    const ready = items.filter(importableItem).length;
    const done = items.filter(({ state }) => state === 'imported');
    return html`
      <div class="basket-head">
        <h2 id="basket">Basket</h2>
        ${items.length > done.length ? html`<span class="quiet">${count(items.length - done.length, 'dataset', 'datasets')}</span>` : nothing}
        ${items.length > done.length ? html`<button type="button" class="plain" @click=${() => this.#empty()}>Empty</button>` : nothing}
        ${done.length ? html`<button type="button" class="plain" @click=${() => this.basket.remove(done.map(({ uri }) => uri))}>Clear done</button>` : nothing}
      </div>
      ${this.emptied.length ? html`<p class="emptied" role="status">${count(this.emptied.length, 'dataset was', 'datasets were')} taken out. <button type="button" class="plain" @click=${() => this.basket.restore(this.emptied)}>Put back</button></p>` : nothing}
      ${items.length ? nothing : html`<p class="quiet teach">Tick files and folders. Each becomes one dataset; a folder becomes one with all its files, also those in its sub-folders. Here you see what is in them, and import them together.</p>`}
      ${this.#far()}
      <ul class="items">${repeat([...items].reverse().slice(0, this.shown), ({ uri }) => uri, item => html`<li><basket-item .item=${item} .basket=${this.basket} .work=${this.work} .version=${{}}></basket-item></li>`)}</ul>
      ${items.length > this.shown ? html`<button type="button" @click=${() => { this.shown += SHOWN; }}>Show ${count(Math.min(SHOWN, items.length - this.shown), 'more', 'more')} of ${items.length.toLocaleString()}</button>` : nothing}
      ${items.length > SHOWN ? html`<p class="quiet">To make one dataset of many files, select their folder instead.</p>` : nothing}
      ${items.length > done.length ? html`<div class="go"><button type="button" class="main" ?disabled=${!ready} @click=${() => this.work.importAll()}>${ready ? `Import ${ready.toLocaleString()}` : 'Import'}</button>${this.#download()}</div>` : nothing}`;
  }

  /** How far a large import is, and what it waits for: its card may be out of sight. */
  #far() {
    const { items } = this.basket;
    const importing = items.filter(({ state }) => state === 'importing').length;
    const wait = items.find(({ progress }) => progress?.wait)?.progress.wait;
    return html`
      ${importing > 1 ? html`<p class="emptied" role="status">${importing.toLocaleString()} still to import. <button type="button" class="plain" @click=${() => this.work.stop()}>Stop</button></p>` : nothing}
      ${wait && items.length > 1 ? html`<p class="quiet" role="status">${exact(wait)} It goes on by itself.</p>` : nothing}`;
  }

  async #empty() {
    this.emptied = this.basket.remove(this.basket.items.filter(({ state }) => state !== 'imported').map(({ uri }) => uri));
    await this.updateComplete;
    this.querySelector('.emptied button')?.focus();
  }

  /** Those whose paths do not vary, as they are. */
  #download() {
    const link = archive(this.basket.items.filter(({ state, parameters }) => state !== 'imported' && !parameters).map(({ uri }) => uri));
    return link ? html`<download-link .href=${link} .label=${'Download as ZIP'}></download-link>` : nothing;
  }
}

customElements.define('basket-panel', BasketPanel);
