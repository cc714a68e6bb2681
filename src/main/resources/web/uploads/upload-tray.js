import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { count } from '../format.js';
import './upload-item.js';
import { uploads } from './uploads.js';

const SHOWN = 50;

/** All uploads, at the lower edge of the page, which ends above it; open where files are chosen. */
class UploadTray extends LitElement {
  static properties = { open: { type: Boolean }, shown: { state: true } };

  #resized = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.shown = SHOWN;
    uploads.addEventListener('change', () => this.requestUpdate());
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#measure();
    this.#resized.observe(this);
  }

  /** The page ends above it. */
  #measure() {
    document.documentElement.style.setProperty('--tray', this.parentElement === document.body ? `${this.offsetHeight}px` : '0px');
  }

  render() {
    const { items } = uploads;
    const ended = items.some(({ state }) => ['done', 'unread', 'cancelled'].includes(state));
    this.hidden = !items.length;
    return items.length ? html`
      <aside class="tray" aria-label="Uploads">
        <details ?open=${this.open} @toggle=${event => { this.open = event.target.open; }}>
          <summary class=${uploads.are('failed').length ? 'bad-text' : ''}>${this.#heading()}</summary>
          <ul class="uploads">${repeat(items.slice(0, this.shown), item => item, item => html`<li><upload-item .item=${item} .version=${{}}></upload-item></li>`)}</ul>
          ${items.length > this.shown ? html`<button type="button" @click=${() => { this.shown += SHOWN; }}>Show ${Math.min(SHOWN, items.length - this.shown).toLocaleString()} more of ${items.length.toLocaleString()}</button>` : nothing}
          <div class="actions">
            ${uploads.busy ? html`<button type="button" @click=${() => uploads.cancelAll()}>Cancel all</button>` : nothing}
            ${ended ? html`<button type="button" class="plain" @click=${() => uploads.clear()}>Clear finished</button>` : nothing}
          </div>
        </details>
      </aside>` : nothing;
  }

  #heading() {
    if (!uploads.busy) return uploads.ending();
    const { items } = uploads;
    const failed = uploads.are('failed').length;
    const sizes = items.reduce((sum, { size }) => sum + size, 0);
    const sent = items.reduce((sum, { far }) => sum + far, 0);
    return `Uploading: ${uploads.are('done').length + uploads.are('unread').length} of ${count(items.length, 'file', 'files')}, ${Math.floor(100 * sent / (sizes || 1))} %${failed ? `, ${failed.toLocaleString()} failed` : ''}`;
  }
}

customElements.define('upload-tray', UploadTray);
const tray = document.createElement('upload-tray');
document.body.append(tray);

/** Shows the uploads inside a view until that is left, and else in a corner of the page. */
export function trayIn(signal) {
  tray.open = true;
  signal.addEventListener('abort', () => {
    tray.open = false;
    document.body.append(tray);
  });
  return tray;
}
