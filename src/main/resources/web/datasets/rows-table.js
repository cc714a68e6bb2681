import { html, LitElement, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { exact, visible } from '../format.js';

const ROW = 32; // px, as app.css has it
const BEYOND = 8; // rows above and below those that are seen
const WIDEST = 40; // characters; what is longer is cut, and whole on hover

const TYPES = [[/^(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^U(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, 'whole number'], [/^(DOUBLE|FLOAT|REAL)$/, 'number'], [/^DECIMAL/, 'decimal'],
  [/^VARCHAR$/, 'text'], [/^BOOLEAN$/, 'yes or no'], [/^DATE$/, 'date'], [/^TIMESTAMP/, 'date and time'], [/^TIME/, 'time'], [/^BLOB$/, 'binary'], [/\[\]$/, 'list'], [/^STRUCT|^MAP/, 'structure']];

/** How people call a type of the engine. */
export const typeWords = type => TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? type.toLowerCase();

/** Rows under their columns, of which only those that are seen are elements: all are of one height. */
class RowsTable extends LitElement {
  static properties = { sample: { attribute: false }, first: { state: true }, last: { state: true } };

  #resized = new ResizeObserver(() => this.#range());

  constructor() {
    super();
    Object.assign(this, { first: 0, last: 0 });
  }

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  willUpdate(changed) {
    if (changed.has('sample')) this.cut = new Map(this.sample.cutValues.map(({ row, column, length }) => [`${row} ${column}`, length]));
  }

  render() {
    const { columns, data } = this.sample;
    if (!columns.length) return html`<p>There are no columns: the files are empty.</p>`;
    return html`<div class="sample whole" tabindex="0" role="region" aria-label="Rows" @scroll=${this.#range}>
      <table aria-rowcount=${data.length + 1}>
        <colgroup>${columns.map(() => html`<col>`)}</colgroup>
        <thead><tr aria-rowindex="1">${columns.map(({ name, type }, column) => html`<th scope="col" class=${typeof data[0]?.[column] === 'number' ? 'amount' : nothing} title="${visible(name)}: ${type}">${exact(name)}<div class="quiet">${typeWords(type)}</div></th>`)}</tr></thead>
        <tbody>
          <tr class="gap above" role="presentation"></tr>
          ${repeat(data.slice(this.first, this.last), values => values, (values, index) => guard([values], () => this.#row(values, this.first + index)))}
          <tr class="gap below" role="presentation"></tr>
        </tbody>
      </table></div>`;
  }

  #row(values, row) {
    return html`<tr aria-rowindex=${row + 2}>${values.map((value, column) => {
      if (value === null) return html`<td><em class="quiet">null</em></td>`;
      const said = typeof value === 'string' ? value : JSON.stringify(value);
      const length = this.cut.get(`${row} ${column}`);
      return html`<td class=${typeof value === 'number' ? 'amount' : nothing} title=${said.length > WIDEST ? visible(said) : nothing}>${exact(said)}${length ? html`<span class="sign" title="${length.toLocaleString()} characters">…</span>` : nothing}</td>`;
    })}</tr>`;
  }

  firstUpdated() {
    const grid = this.querySelector('.sample');
    if (grid) this.#resized.observe(grid);
  }

  updated(changed) {
    if (!this.sample.columns.length) return;
    this.querySelector('.above').style.height = `${this.first * ROW}px`;
    this.querySelector('.below').style.height = `${(this.sample.data.length - this.last) * ROW}px`;
    if (changed.has('sample')) {
      this.#widths();
      this.#range();
    }
  }

  /** Rows that come and go must not move the columns. */
  #widths() {
    const { columns, data } = this.sample;
    this.querySelectorAll('col').forEach((col, index) => {
      const longest = data.reduce((most, values) => Math.max(most, said(values[index])), Math.max(columns[index].name.length, typeWords(columns[index].type).length));
      col.style.width = `${Math.min(WIDEST, longest) + 4}ch`;
    });
  }

  #range() {
    const grid = this.querySelector('.sample');
    this.first = Math.max(0, Math.floor(grid.scrollTop / ROW) - BEYOND);
    this.last = Math.min(this.sample.data.length, Math.ceil((grid.scrollTop + grid.clientHeight) / ROW) + BEYOND);
  }
}

const said = value => (value === null ? 4 : typeof value === 'string' ? value.length : JSON.stringify(value).length);

customElements.define('rows-table', RowsTable);
