import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { get } from '../api.js';
import { copy } from '../feedback.js';
import { exact } from '../format.js';
import { importFrom, location as path, meant, name, query, steps, write } from '../uris.js';

/** Where somebody is, the way up, and the way to any other place. A `left` event says that typing has ended without one. */
class PlaceTrail extends LitElement {
  static properties = { place: { attribute: false }, showHidden: { attribute: false }, typing: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    return this.typing ? this.#form() : this.#trail();
  }

  #trail() {
    const { place } = this;
    const crumbs = [
      ['All buckets', write({ bucket: '', key: '', connectionId: place.connectionId })],
      place.bucket && [exact(place.bucket), write({ ...place, key: '' })],
      ...(place.bucket ? steps(place).map(step => [step.name ? exact(step.name) : 'folder without a name', step.uri]) : []),
      place.key && !place.key.endsWith('/') && [exact(name(place)), write(place)],
    ].filter(Boolean);
    return html`<div class="trail"><nav aria-label="Path"><ol>${crumbs.map(([label, uri], index) => html`<li>${index === crumbs.length - 1
      ? html`<span aria-current="location">${label}</span>` : html`<a href=${importFrom({ uri, hidden: this.showHidden })}>${label}</a>`}</li>`)}</ol></nav>
      <button type="button" class="plain" title="Go to a path (G)" @click=${() => this.type(true)}>Go to…</button>${place.bucket ? guard([path(place)], () => copy(path(place), 'path')) : nothing}</div>`;
  }

  #form() {
    return html`<form class="go-to" data-passing @submit=${this.#go} @keydown=${event => event.key === 'Escape' && this.type(false)}>
      <input type="text" aria-label="Path" title="s3://bucket/folder/, bucket/folder/, or a path from here" .value=${this.shown} autocomplete="off" spellcheck="false" required>
      <button type="submit" class="main">Go</button><button type="button" @click=${() => this.type(false)}>Cancel</button></form>`;
  }

  async type(typing) {
    this.shown = path(this.place);
    this.typing = typing;
    await this.updateComplete;
    if (typing) this.querySelector('input').select();
    else this.dispatchEvent(new Event('left'));
  }

  async #go(event) {
    event.preventDefault();
    const uri = await likeliest(meant(this.querySelector('input').value.trim(), this.place));
    this.typing = false;
    window.location.hash = importFrom({ uri, hidden: this.showHidden }).slice(1);
  }
}

/** The first of these places where something is; else the first of all, which then says what is wrong. */
async function likeliest(uris) {
  for (const uri of uris.length > 1 ? uris : []) {
    if (await get(`/vfsStat?${query({ uri })}`).then(() => true, () => false)) return uri;
  }
  return uris[0];
}

customElements.define('place-trail', PlaceTrail);
