import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

/**
 * A table that narrow screens show as a list of cards; the roles keep it a table for screen readers there too.
 *
 * @param columns of `{ label, cell(row), kind, hidden }`
 */
export const table = (caption, columns, rows, key = ({ id }) => id) => html`
  <table role="table">
    <caption class="unseen">${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map(({ label, kind, hidden }) => html`
      <th role="columnheader" scope="col" class=${kind ?? nothing}>${hidden ? html`<span class="unseen">${label}</span>` : label}</th>`)}</tr></thead>
    <tbody role="rowgroup">${repeat(rows, key, row => html`<tr role="row">${columns.map(({ label, cell, kind, hidden }) => html`
      <td role="cell" class=${kind ?? nothing} data-label=${hidden ? nothing : label}>${cell(row)}</td>`)}</tr>`)}</tbody>
  </table>`;
