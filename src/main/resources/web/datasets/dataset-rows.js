import { html } from 'lit';
import { get } from '../api.js';
import { count, exact } from '../format.js';
import { Loaded } from '../loaded.js';
import { facts } from '../preview.js';
import './rows-table.js';

const ROWS = 1_000;

/** The first rows of a dataset, as a job would read them. */
class DatasetRows extends Loaded {
  static waits = 'Reading the first rows…';

  fetch(signal) {
    return get(`/v4/importedDatasets/${this.imported.id}/preview?limit=${ROWS}`, signal);
  }

  content(sample) {
    return html`${facts(sample)}<rows-table .sample=${sample}></rows-table>
      <details class="from"><summary>From ${count(sample.files.length, 'file', 'files')}</summary>
        <ul class="left-out">${sample.files.map(({ key, rows }) => html`<li>${exact(key)} <span class="quiet">${count(rows, 'row', 'rows')}</span></li>`)}</ul></details>`;
  }
}

customElements.define('dataset-rows', DatasetRows);
