import { html, LitElement, nothing } from 'lit';
import { admitted } from './api.js';
import { problem } from './feedback.js';

/**
 * A link that downloads. The browser says nothing of a download that is refused, so the service is asked first, and what it
 * says stands at the link.
 */
class DownloadLink extends LitElement {
  static properties = {
    href: { attribute: false }, name: { attribute: false }, label: { attribute: false }, said: { attribute: false }, kind: { attribute: false }, failure: { state: true }, asking: { state: true },
  };

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('href')) this.failure = null; // which was of another file
  }

  render() {
    return html`<a class="button ${this.kind ?? ''}" href=${this.href} download=${this.name ?? ''} aria-label=${this.said ?? nothing} aria-busy=${this.asking ? 'true' : nothing} @click=${this.#follow}>${this.label ?? 'Download'}</a>
      ${this.failure ? problem(this.failure) : nothing}`;
  }

  async #follow(event) {
    if (!event.isTrusted) return; // it is admitted
    event.preventDefault();
    if (this.asking) return;
    const followed = event.currentTarget;
    Object.assign(this, { asking: true, failure: null });
    try {
      await admitted(this.href);
      followed.click();
    } catch (failure) {
      this.failure = failure;
    }
    this.asking = false;
  }
}

customElements.define('download-link', DownloadLink);

/** For views that are made of elements. */
export const downloadLink = properties => Object.assign(document.createElement('download-link'), properties);
