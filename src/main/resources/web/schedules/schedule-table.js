import { html, nothing } from 'lit';
import { all } from '../api.js';
import { placeWords } from '../datasets/source-words.js';
import { problem } from '../feedback.js';
import { exact } from '../format.js';
import { Loaded } from '../loaded.js';
import { table } from '../table.js';
import { scheduleActions, stateOf } from './schedule-actions.js';
import { nextWords, sourceIn, triggerWords } from './schedule-words.js';

/** The schedules, or those that read where a dataset comes from. */
class ScheduleTable extends Loaded {
  static properties = { imported: { attribute: false }, me: { attribute: false }, refused: { state: true } };
  static every = 5_000;

  async fetch(signal) {
    const schedules = await all('/v4/schedules', signal, { embed: 'creator', sort: '-id' });
    return this.imported ? schedules.filter(schedule => schedule.importedDataset?.id === this.imported.id || sourceIn(schedule)?.source.uri === this.imported.uri) : schedules;
  }

  content(schedules) {
    if (!schedules.length) return this.#empty();
    return html`${this.refused ? problem(this.refused) : nothing}${table('Schedules', [
      { label: 'Schedule', kind: 'wide', cell: schedule => html`<a href="#/schedules/${schedule.id}">${exact(schedule.name)}</a>
        <div class="quiet">${sourceIn(schedule) ? placeWords(sourceIn(schedule).source) : nothing}</div>
        ${schedule.pausedReason ? html`<div class="clip bad-text">${exact(schedule.pausedReason)}</div>` : nothing}` },
      { label: 'When', cell: schedule => triggerWords(schedule) },
      { label: 'Next run', cell: nextWords },
      { label: 'State', cell: stateOf },
      { label: 'Whose', cell: ({ creator }) => (creator.id === this.me.personId ? 'Yours' : exact(creator.name ?? '')) },
      { label: 'Actions', hidden: true, kind: 'do', cell: schedule => scheduleActions(schedule, this.me, failure => { this.refused = failure; this.load(); }) },
    ], schedules)}`;
  }

  #empty() {
    const { imported: dataset } = this;
    return html`<div class="empty"><p>${dataset ? 'No schedule reads where this dataset comes from.' : 'No schedules yet.'} A schedule looks into a source from time to time, imports what is new and runs a job over it.</p>
      <div class="actions">${dataset ? html`<a class="button main" href="#/datasets/${dataset.id}/run?when=schedule">Schedule a run</a>` : html`<a class="button main" href="#/datasets">Choose a dataset</a>`}</div></div>`;
  }
}

customElements.define('schedule-table', ScheduleTable);
