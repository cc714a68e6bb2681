import { html, LitElement, nothing } from 'lit';
import { exact, size } from '../format.js';
import { importFrom, parent, parse, write } from '../uris.js';
import { filesOf } from './dropped-files.js';
import { uploads } from './uploads.js';

// Only how text is split into columns can be said otherwise; what has no ending is taken for text.
const TEXT = /^[^.]+$|\.(csv|tsv|tab|txt|text|log)(\.(gz|bz2|zst|snappy))?$/i;

const readOtherwise = ({ size: bytes, path }) => bytes > 0 && TEXT.test(path.slice(path.lastIndexOf('/') + 1));

const span = seconds => (seconds < 60 ? `${Math.ceil(seconds)} s` : seconds < 3600 ? `${Math.ceil(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h ${Math.ceil(seconds % 3600 / 60)} min`);

/** A file on its way: how far it is, and what can be done about it. */
class UploadItem extends LitElement {
  static properties = { item: { attribute: false }, version: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const { item } = this;
    return html`
      <p><strong>${item.dataset ? html`<a href="#/datasets/${item.dataset}">${exact(item.path)}</a>` : exact(item.path)}</strong> ${size(item.size)}</p>
      ${['waiting', 'running', 'broken', 'paused', 'lost'].includes(item.state) ? html`<progress max=${item.size || 1} .value=${item.far} aria-label="Upload of ${item.path}"></progress>` : nothing}
      <div class="facts"><p class=${item.state === 'failed' ? 'bad-text' : item.state === 'done' ? 'good' : 'quiet'}>${this.#told()}</p>${this.#actions()}</div>`;
  }

  #told() {
    const { item } = this;
    return {
      waiting: () => 'Waits for its turn.',
      running: () => (item.storing ? 'Storing…' : this.#pace()),
      broken: () => html`${exact(item.failure)} Goes on in ${item.seconds} s.`,
      paused: () => html`Paused at ${this.#percent()} %.`,
      lost: () => html`${this.#percent()} % are kept. Choose the file again to go on.`,
      importing: () => html`Uploaded. Becomes a dataset…${item.waits ? html` ${exact(item.waits)} It goes on by itself.` : nothing}`,
      done: () => 'Uploaded.',
      unread: () => html`Uploaded, but not a dataset yet: ${exact(item.failure)}`,
      failed: () => exact(item.failure),
      cancelled: () => 'Cancelled. Nothing was kept.',
    }[item.state]();
  }

  #percent() {
    return Math.floor(100 * this.item.far / (this.item.size || 1));
  }

  #pace() {
    const rate = this.item.rate.value;
    return html`${this.#percent()} %${rate ? html`, ${size(rate)} a second, ${span((this.item.size - this.item.sent) / rate)} left` : nothing}`;
  }

  #actions() {
    const { item } = this;
    const act = (label, work, kind = '') => html`<button type="button" class=${kind} aria-label="${label}: ${item.path}" @click=${() => work(item)}>${label}</button>`;
    const cancel = act('Cancel', it => uploads.cancel(it), 'plain');
    return {
      waiting: () => cancel,
      running: () => html`${act('Pause', it => uploads.pause(it))}${cancel}`,
      broken: () => html`${act('Go on now', it => uploads.goOn(it))}${cancel}`,
      paused: () => html`${act('Go on', it => uploads.goOn(it))}${cancel}`,
      lost: () => html`${act('Choose the file', () => this.#choose())}${act('Discard', it => uploads.cancel(it), 'plain')}<input type="file" hidden @change=${event => this.#chosen(event.target)}>`,
      done: () => html`<a class="button" href=${item.dataset ? `#/datasets/${item.dataset}` : '#/datasets'} aria-label="Open dataset: ${item.path}">Open dataset</a>`,
      unread: () => readOtherwise(item) && html`<a class="button" href=${importFrom({ uri: write(parent(parse(item.stored.uri))) })} aria-label="Import with other settings: ${item.path}">Import with other settings</a>`,
      failed: () => html`${act('Try again', it => uploads.goOn(it))}${cancel}`,
    }[item.state]?.() || nothing;
  }

  #choose() {
    this.querySelector('input[type=file]').click();
  }

  async #chosen(input) {
    uploads.add((await filesOf(input)).files);
    input.value = '';
  }
}

customElements.define('upload-item', UploadItem);
