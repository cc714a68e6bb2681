import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { exact, typeWords, visible } from '../format.js';
import { isAmount } from '../preview.js';

const ROW = 32; // px, as app.css has it
const BEYOND = 8; // rows above and below those that are seen
const ASIDE = 4; // columns beside those that are seen
const CHARACTER = 8; // px, on average
const WIDEST = 40; // characters; what is longer is cut, and whole on hover

/**
 * Rows under their columns, of which only those that are seen are elements. All rows are of one height, and widths follow
 * from the values, so which ones those are follows from the scroll position alone.
 */
class RowsTable extends LitElement {
  static properties = { sample: { attribute: false }, seen: { state: true } };

  #resized = new ResizeObserver(() => this.#look());

  constructor() {
    super();
    this.seen = { top: 0, bottom: 0, left: 0, right: 0 };
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  willUpdate(changed) {
    if (!changed.has('sample')) return;
    const { columns, data, cutValues } = this.sample;
    this.cut = new Map(cutValues.map(({ row, column, length }) => [`${row} ${column}`, length]));
    this.widths = columns.map(({ name, type }, column) => {
      const longest = data.reduce((most, values) => Math.max(most, said(values[column]).length), Math.max(name.length, typeWords(type).length));
      return (Math.min(WIDEST, longest) + 4) * CHARACTER;
    });
    let end = 0;
    this.starts = [0, ...this.widths.map(width => (end += width))];
  }

  render() {
    const { columns, data } = this.sample;
    if (!columns.length) return html`<p>There are no columns: the files are empty.</p>`;
    const { top, bottom, left, right } = this.seen;
    return html`<div class="sample whole" tabindex="0" role="region" aria-label="Rows" @scroll=${this.#look}>
      <table aria-rowcount=${data.length + 1} aria-colcount=${columns.length}>
        <colgroup>${columns.map(() => html`<col>`)}</colgroup>
        <thead><tr aria-rowindex="1">${this.#beside(columns.slice(left, right).map(({ name, type }, index) => html`
          <th scope="col" aria-colindex=${left + index + 1} class=${isAmount(this.sample, left + index) ? 'amount' : nothing} title="${visible(name)}: ${type}">${exact(name)}<div class="quiet">${typeWords(type)}</div></th>`))}</tr></thead>
        <tbody>
          <tr class="gap above" role="presentation"></tr>
          ${repeat(data.slice(top, bottom), values => values, (values, index) => guard([values, left, right], () => this.#row(values, top + index)))}
          <tr class="gap below" role="presentation"></tr>
        </tbody>
      </table></div>`;
  }

  /** Cells with room for the columns before and after them. */
  #beside(cells) {
    const { left, right } = this.seen;
    const after = this.sample.columns.length - right;
    return html`${left ? html`<td class="gap" colspan=${left}></td>` : nothing}${cells}${after > 0 ? html`<td class="gap" colspan=${after}></td>` : nothing}`;
  }

  #row(values, row) {
    const { left, right } = this.seen;
    return html`<tr aria-rowindex=${row + 2}>${this.#beside(values.slice(left, right).map((value, index) => this.#cell(value, row, left + index)))}</tr>`;
  }

  #cell(value, row, column) {
    const text = said(value);
    const length = this.cut.get(`${row} ${column}`);
    return html`<td aria-colindex=${column + 1} class=${typeof value === 'number' ? 'amount' : nothing} title=${text.length > WIDEST ? visible(text) : nothing}>${value === null ? html`<em class="quiet">null</em>` : exact(text)}${length ? html`<span class="sign" title="${length.toLocaleString()} characters">…</span>` : nothing}</td>`;
  }

  firstUpdated() {
    const grid = this.querySelector('.sample');
    if (grid) this.#resized.observe(grid);
  }

  updated(changed) {
    if (!this.sample.columns.length) return;
    this.querySelector('.above').style.height = `${this.seen.top * ROW}px`;
    this.querySelector('.below').style.height = `${(this.sample.data.length - this.seen.bottom) * ROW}px`;
    if (changed.has('sample')) {
      this.querySelectorAll('col').forEach((col, column) => { col.style.width = `${this.widths[column]}px`; });
      this.#look();
    }
  }

  #look() {
    const { scrollTop, scrollLeft, clientHeight, clientWidth } = this.querySelector('.sample');
    const { data, columns } = this.sample;
    const after = this.starts.findIndex(start => start > scrollLeft + clientWidth);
    const seen = {
      top: Math.max(0, Math.floor(scrollTop / ROW) - BEYOND),
      bottom: Math.min(data.length, Math.ceil((scrollTop + clientHeight) / ROW) + BEYOND),
      left: Math.max(0, this.starts.findIndex(start => start > scrollLeft) - 1 - ASIDE),
      right: Math.min(columns.length, (after < 0 ? columns.length : after) + ASIDE),
    };
    if (Object.keys(seen).some(edge => seen[edge] !== this.seen[edge])) this.seen = seen;
  }
}

const said = value => (typeof value === 'string' ? value : JSON.stringify(value));

customElements.define('rows-table', RowsTable);
