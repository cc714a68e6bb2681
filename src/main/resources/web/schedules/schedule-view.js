import { html, nothing } from 'lit';
import { get } from '../api.js';
import { placeWords, valueWords, variables } from '../datasets/source-words.js';
import { problem } from '../feedback.js';
import { count, duration, exact, time } from '../format.js';
import { badge, reasonOf } from '../jobs/job-status.js';
import { formatWords, placeOf } from '../jobs/result-options.js';
import { Loaded } from '../loaded.js';
import { table } from '../table.js';
import { location, query } from '../uris.js';
import { deleteSchedule, scheduleActions, stateOf } from './schedule-actions.js';
import { words } from '../words.js';
import { nextWords, runIn, sourceIn, triggerWords } from './schedule-words.js';

const ROWS = 200;
const MOST = 1_000; // that the service gives at a time; it keeps few more
const CAUSES = { schedule: 'In time', request: 'Asked for', notification: 'Told by its queue' };

/** What a schedule does, when, and how its runs went. */
class ScheduleView extends Loaded {
  static properties = { schedule: { attribute: false }, refused: { state: true }, rows: { state: true } };
  static every = 3_000;

  #limit = ROWS;

  async fetch(signal) {
    const { id } = this.schedule;
    const [schedule, runs] = await Promise.all([
      get(`/v4/schedules/${id}?embed=creator`, signal), get(`/v4/schedules/${id}/runs?${query({ limit: this.#limit, includeCount: true })}`, signal),
    ]);
    this.schedule = schedule;
    return runs;
  }

  content({ data, count: total }) {
    const { schedule, me } = this;
    const may = schedule.creator.id === me.personId;
    const failed = failure => { this.refused = failure; this.load(); };
    return html`
      <section class="sheet">${this.#facts()}
        ${may ? html`<div class="actions after">${scheduleActions(schedule, me, failed)}<button type="button" class="plain bad" @click=${() => deleteSchedule(schedule, failed)}>Delete</button></div>` : nothing}</section>
      ${schedule.pausedReason ? html`<div class="problem"><p>${exact(schedule.pausedReason)}</p></div>` : nothing}
      ${schedule.queueFailure ? html`<div class="warning"><p>${exact(schedule.queueFailure.reason)}, since ${time(schedule.queueFailure.since)}</p></div>` : nothing}
      ${this.refused ? problem(this.refused) : nothing}
      <h2>Runs</h2>
      ${data.length ? table('Runs', COLUMNS, merged(data)) : html`<p class="quiet">None so far. The next one: ${nextWords(schedule)}.</p>`}
      ${data.length < Math.min(total, MOST) ? html`<div class="more"><button type="button" @click=${() => { this.#limit = Math.min(MOST, this.#limit + ROWS); this.load(); }}>More</button></div>` : nothing}`;
  }

  #facts() {
    const { schedule } = this;
    const source = sourceIn(schedule);
    const values = source ? variables(source.source) : [];
    const run = runIn(schedule);
    const writes = run?.overrides?.writesettings ?? run?.overrides?.writeSettings ?? [];
    return html`<dl class="known">
      <dt>State</dt><dd>${stateOf(schedule)}</dd>
      <dt>Runs</dt><dd>${triggerWords(schedule)}</dd>
      <dt>Next run</dt><dd>${nextWords(schedule)}</dd>
      <dt>Looks into</dt><dd>${source ? html`${placeWords(source.source)}${values.length ? html` with ${valueWords(values)}` : nothing}` : nothing}</dd>
      <dt>Reads</dt><dd>${source?.content === 'snapshot' ? 'all that is there, once something is new' : 'what is new since the run before'}${source?.quietSeconds ? `, once a folder is quiet for ${source.quietSeconds} s` : nothing}</dd>
      <dt>Makes</dt><dd>${schedule.importedDataset ? html`refreshes <a href="#/datasets/${schedule.importedDataset.id}">its dataset</a>` : source?.dataset === 'refresh' ? 'one dataset, which each run refreshes' : 'a dataset for each run'}</dd>
      <dt>Writes</dt><dd>${!run ? 'nothing: it only imports' : writes.length ? writes.map(setting => html`<div>${exact(location(placeOf(setting, '…')))} <span class="quiet">${formatWords(setting)}</span></div>`) : 'a CSV file in your folder of base storage'}</dd>
      <dt>Pauses</dt><dd>after ${count(schedule.pauseAfter, 'run', 'runs')} in a row that failed</dd>
    </dl>`;
  }
}

const COLUMNS = [
  { label: 'Run', kind: 'when', cell: ({ startedAt, cause }) => html`${time(startedAt)}<div class="quiet">${CAUSES[cause]}</div>` },
  { label: 'Status', cell: badge },
  { label: 'Found', kind: 'wide', cell: found },
  { label: 'Dataset', cell: ({ importedDataset }) => (importedDataset ? html`<a href="#/datasets/${importedDataset.id}">${importedDataset.id}</a>` : nothing) },
  { label: 'Job', cell: ({ jobGroup }) => (jobGroup ? html`<a href="#/jobs/${jobGroup.id}">${jobGroup.id}</a> ${badge(jobGroup)}` : nothing) },
  { label: 'Took', kind: 'amount', cell: ({ startedAt, endedAt }) => (endedAt ? duration(startedAt, endedAt) : '') },
];

const isIdle = ({ status, importedDataset, leftOutCount, waitingCount, reason }) => status === 'Complete' && reason && !importedDataset && !leftOutCount && !waitingCount;

/** Runs in a row that found nothing are one row, the last of them: what did happen is not lost among them. */
function merged(runs) {
  const rows = [];
  for (const run of runs) {
    const last = rows.at(-1);
    if (last && isIdle(run) && isIdle(last) && run.reason === last.reason) Object.assign(last, { idle: last.idle + 1, since: run.startedAt });
    else rows.push({ ...run, idle: 1 });
  }
  return rows;
}

function found({ newCount, changedCount, waitingCount, leftOutCount, leftOut, listedCount, ignoredCount, reason, jobGroup, idle, since }) {
  const facts = [[newCount, 'new'], [changedCount, 'changed'], [waitingCount, 'not quiet yet']].filter(([number]) => number).map(([number, words]) => `${number.toLocaleString()} ${words}`);
  return html`${facts.length ? `${facts.join(', ')} of ${count(listedCount - ignoredCount, 'file', 'files')}` : nothing}
    ${reason ? html`<div class="quiet">${exact(words(reason))}${idle > 1 ? html`, in ${idle.toLocaleString()} runs since ${time(since)}` : nothing}</div>` : nothing}
    ${jobGroup?.errorMessage ? html`<div class="clip bad-text">${exact(reasonOf(jobGroup))}</div>` : nothing}
    ${leftOutCount ? html`<details><summary>${leftOutCount.toLocaleString()} left out</summary><ul class="left-out">${leftOut.map(({ key, reason: why }) => html`<li>${exact(key)} <span class="quiet">${exact(why)}</span></li>`)}</ul></details>` : nothing}`;
}

customElements.define('schedule-view', ScheduleView);
