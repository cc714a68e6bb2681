import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { exact, size, time, visible } from '../format.js';
import { preview } from '../preview.js';
import { importFrom, parent, parse, write } from '../uris.js';
import { tellFull } from './basket.js';
import { importable } from './listing.js';

const ROW = 32; // px, as app.css has it
const BEYOND = 8; // rows above and below those that are seen
const TALLEST = 15_000_000; // px; browsers cut off what is taller than they can count

/**
 * The rows of a listing, of which only those that are seen are elements. All are of one height, so which ones those are
 * follows from the scroll position alone; more rows than a browser can make room for are scrolled past faster.
 * Without a basket nothing is selected; with `opens`, folders lead there and not to another view, and files nowhere.
 */
class EntryList extends LitElement {
  static properties = { listing: { attribute: false }, basket: { attribute: false }, opens: { attribute: false }, showHidden: { attribute: false }, stale: { attribute: false }, version: { attribute: false } };

  #active = 0;
  #anchor = 0;
  #first = 0;
  #last = 0;
  #before; // the row that was clicked last
  #resized = new ResizeObserver(() => this.requestUpdate());

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  willUpdate(changed) {
    if (changed.has('listing')) {
      this.#active = 0;
      this.#anchor = 0;
      if (this.#grid) this.#grid.scrollTop = 0;
    }
    this.#active = Math.max(0, Math.min(this.#active, this.#rows.length - 1));
    [this.#first, this.#last] = this.#range();
  }

  render() {
    const rows = this.#rows.slice(this.#first, this.#last);
    const inside = this.#active >= this.#first && this.#active < this.#last;
    return html`
      <div class="grid" role="grid" tabindex="0" aria-label="Files and folders" aria-multiselectable=${this.basket ? 'true' : nothing} data-keeps-focus aria-busy=${this.stale ? 'true' : nothing}
          aria-rowcount=${this.listing.complete ? this.#rows.length : -1}
          aria-activedescendant=${inside ? `row-${this.#active}` : nothing}
          @scroll=${this.#scrolled} @keydown=${this.#key}>
        <div class="space" role="presentation">
          <div class="seen" role="rowgroup">${repeat(rows, (row, index) => this.#first + index, (row, index) => this.#row(row, this.#first + index))}</div>
        </div>
      </div>`;
  }

  /** The rows that are elements: those that are seen and some around them. */
  #range() {
    const top = this.#top();
    const seen = this.#grid?.clientHeight ?? 0;
    return [Math.max(0, Math.floor(top / ROW) - BEYOND), Math.min(this.#rows.length, Math.ceil((top + seen) / ROW) + BEYOND)];
  }

  #scrolled() {
    const [first, last] = this.#range();
    if (first !== this.#first || last !== this.#last || this.#ratio() > 1) this.requestUpdate();
  }

  #row(row, index) {
    const chosen = this.basket?.has(row.uri);
    const may = this.basket && importable(row);
    return html`
      <div role="row" id="row-${index}" aria-rowindex=${index + 1} aria-selected=${may ? String(chosen) : nothing}
          class="entry ${index === this.#active ? 'active' : ''} ${chosen ? 'chosen' : ''}" @pointerdown=${() => this.#goTo(index)}>
        <span role="gridcell" class="check">${may ? html`<input type="checkbox" tabindex="-1" aria-label=${`Select ${visible(row.name)}`} .checked=${live(chosen)}
            @click=${event => this.#click(event, index)}>` : nothing}</span>
        <span role="gridcell" class="what">${this.#name(row)}</span>
        <span role="gridcell" class="amount">${guard([row], () => size(row.size))}</span>
        <span role="gridcell" class="when">${guard([row], () => time(row.lastModified))}</span>
      </div>`;
  }

  #name(row) {
    const label = guard([row.name], () => (row.name === '' ? html`<em>no name</em>` : exact(row.name)));
    if (this.opens) {
      return row.type === 'folder' ? html`<button type="button" class="plain" tabindex="-1" title=${row.name} @click=${() => this.opens(row)}><span class="kind" aria-hidden="true">▸</span>${label}<span class="unseen">, folder</span></button>` : label;
    }
    if (row.type === 'folder') {
      return html`<a href=${importFrom({ uri: row.uri, hidden: this.showHidden })} tabindex="-1" title=${visible(row.name)}><span class="kind" aria-hidden="true">▸</span>${label}<span class="unseen">, folder</span></a>${this.#below(row)}`;
    }
    return html`<button type="button" class="plain" tabindex="-1" title=${visible(row.name)} @click=${() => this.#open(row)}>${label}</button>${this.#archive(row)}${this.#below(row)}`;
  }

  /** In which folder it is, where it was found in one below. */
  #below(row) {
    const { search, place } = this.listing;
    if (!search) return nothing;
    const folder = parent(parse(row.uri));
    const above = place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`;
    const path = folder.bucket === place.bucket ? folder.key.slice(above.length) : `${folder.bucket}/${folder.key}`;
    return path && folder.key ? html` <span class="quiet">in <a href=${importFrom({ uri: write(folder), hidden: this.showHidden })} tabindex="-1">${guard([path], () => exact(path))}</a></span>` : nothing;
  }

  #archive(row) {
    if (row.archived) return html` <span class="badge warned">${row.restore?.ongoing ? 'being restored from' : 'archived in'} ${row.storageClass}</span>`;
    return row.restore?.until ? html` <span class="badge">restored until ${time(row.restore.until)}</span>` : nothing;
  }

  firstUpdated() {
    this.#resized.observe(this.#grid);
  }

  updated() {
    const space = this.querySelector('.space');
    space.style.height = `${this.#height()}px`;
    this.querySelector('.seen').style.transform = `translateY(${this.#grid.scrollTop - this.#top() + this.#first * ROW}px)`;
    if (!this.stale) this.listing.need(this.#last);
  }

  get #grid() {
    return this.querySelector('.grid');
  }

  get #rows() {
    return this.listing.shown;
  }

  #height() {
    return Math.min(TALLEST, this.#rows.length * ROW);
  }

  /** How many pixels of rows one pixel of the scroll bar stands for. */
  #ratio() {
    const seen = this.#grid?.clientHeight ?? 0;
    return Math.max(1, (this.#rows.length * ROW - seen) / Math.max(1, this.#height() - seen));
  }

  /** What of all rows is above those that are seen, in pixels. */
  #top() {
    return (this.#grid?.scrollTop ?? 0) * this.#ratio();
  }

  #goTo(index) {
    this.#active = index;
    this.#anchor = index;
    this.requestUpdate();
  }

  #reveal() {
    const above = this.#active * ROW;
    const seen = this.#grid.clientHeight;
    if (above < this.#top()) this.#grid.scrollTop = Math.floor(above / this.#ratio());
    else if (above + ROW > this.#top() + seen) this.#grid.scrollTop = Math.ceil((above + ROW - seen) / this.#ratio());
  }

  #key(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (altKey || this.stale) return;
    const page = Math.max(1, Math.floor(this.#grid.clientHeight / ROW) - 1);
    const to = { ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + page, PageUp: this.#active - page, Home: 0, End: this.#rows.length - 1 }[key];
    const row = this.#rows[this.#active];
    if (to !== undefined) {
      const anchor = this.#anchor;
      this.#active = Math.max(0, Math.min(this.#rows.length - 1, to));
      if (shiftKey) this.#choose(anchor, this.#active, true);
      else this.#anchor = this.#active;
      this.#reveal();
      this.requestUpdate();
    } else if (key === ' ' && row && this.basket) {
      this.#choose(this.#active, this.#active, !this.basket.has(row.uri));
      this.#anchor = this.#active;
    } else if (key === 'Enter' && row) {
      this.#open(row);
    } else if (key === 'a' && (ctrlKey || metaKey) && this.basket) {
      this.chooseAll(true);
    } else {
      return;
    }
    event.preventDefault();
  }

  #click(event, index) {
    if (event.shiftKey) this.#choose(this.#before ?? index, index, event.target.checked);
    else this.#choose(index, index, event.target.checked);
    this.#before = index;
  }

  #choose(from, to, chosen) {
    if (!this.basket) return;
    const some = this.#rows.slice(Math.min(from, to), Math.max(from, to) + 1).filter(importable);
    if (chosen) {
      tellFull(this.basket.add(some));
    } else {
      this.basket.remove(some.map(({ uri }) => uri));
    }
  }

  chooseAll(chosen) {
    if (!this.stale) this.#choose(0, this.#rows.length, chosen);
  }

  #open(row) {
    if (this.stale) return;
    if (this.opens) {
      if (row.type === 'folder') this.opens(row);
    } else if (row.type === 'folder') window.location.hash = importFrom({ uri: row.uri, hidden: this.showHidden }).slice(1);
    else preview(row);
  }

  focusRows() {
    this.#grid.focus();
  }
}

customElements.define('entry-list', EntryList);
