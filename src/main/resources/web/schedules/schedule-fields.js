import { html, nothing } from 'lit';
import { choice, text } from '../fields.js';
import { DAYS } from './schedule-words.js';

const OFTEN = [['15', 'Every 15 minutes'], ['60', 'Every hour'], ['day', 'Every day'], ['workdays', 'Monday to Friday'], ['week', 'Every week'], ['own', 'At other times (cron)']];
const CONTENT = [['newObjects', 'What is new since the last run'], ['snapshot', 'All that is there, once something is new']];
const DATASETS = [['new', 'A new dataset for each run'], ['refresh', 'One dataset, refreshed']];

/** What a new schedule begins with. */
export const EVERY = {
  often: 'day', at: '06:00', day: 'MON', cron: '0 6 * * *', timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  content: 'newObjects', dataset: 'new', quiet: '',
};

export function cronOf({ often, at, day, cron }) {
  const [hour, minute] = at.split(':').map(Number);
  return { 15: '*/15 * * * *', 60: `${minute} * * * *`, day: `${minute} ${hour} * * *`, workdays: `${minute} ${hour} * * MON-FRI`, week: `${minute} ${hour} * * ${day}` }[often] ?? cron.trim();
}

const READ = [[/^\*\/15 \* \* \* \*$/, () => ({ often: '15' })], [/^(\d+) \* \* \* \*$/, minute => ({ often: '60', at: clock(0, minute) })],
  [/^(\d+) (\d+) \* \* \*$/, (minute, hour) => ({ often: 'day', at: clock(hour, minute) })],
  [/^(\d+) (\d+) \* \* MON-FRI$/, (minute, hour) => ({ often: 'workdays', at: clock(hour, minute) })],
  [/^(\d+) (\d+) \* \* (MON|TUE|WED|THU|FRI|SAT|SUN)$/, (minute, hour, day) => ({ often: 'week', at: clock(hour, minute), day })]];
const clock = (hour, minute) => [hour, minute].map(number => String(number).padStart(2, '0')).join(':');

/** The other way round: what the form shows of a cron expression. */
export function readCron(expression) {
  const [pattern, read] = READ.find(([candidate]) => candidate.test(expression)) ?? [];
  return { cron: expression, ...(pattern ? read(...pattern.exec(expression).slice(1)) : { often: 'own' }) };
}

const wordsOf = (options, value) => options.find(([one]) => one === value)?.[1] ?? value;

/** What the form of a saved schedule says, as pairs of label and text. */
export const fieldWords = values => [
  ['Name of the schedule', values.name],
  ['When it looks for files', `${cronOf(values)} (cron, ${values.timezone})`],
  ['What a run reads', wordsOf(CONTENT, values.content)],
  ['What becomes of it', wordsOf(DATASETS, values.dataset)],
  ['Wait for quiet, seconds', values.quiet],
  ['Pause after so many failed runs in a row', values.pauseAfter],
  ['Catch up on times at which Wharf did not run', values.catchUp ? 'yes' : 'no'],
];

const zones = () => html`<datalist id="zones">${['UTC', ...Intl.supportedValuesOf('timeZone')].map(zone => html`<option value=${zone}></option>`)}</datalist>`;

/** When a schedule looks at its source, and what it takes of it; `timed` is false where something else makes it due. */
export const scheduleFields = (values, set, timed = true) => html`
  <div class="columns">
    ${text('name', 'Name of the schedule', values.name, name => set({ name }), { required: true, maxlength: 255 })}
    ${timed ? html`
      ${choice('often', 'How often it looks for files', values.often, OFTEN, often => set({ often }))}
      ${['day', 'workdays', 'week'].includes(values.often) ? text('at', 'At', values.at, at => set({ at }), { type: 'time', required: true }) : nothing}
      ${values.often === 'week' ? choice('day', 'On', values.day, DAYS, day => set({ day })) : nothing}
      ${values.often === 'own' ? text('triggers[0].timeBased.cron.expression', 'Cron', values.cron, cron => set({ cron }), { required: true, maxlength: 255, hint: 'Minute, hour, day, month, day of the week: 30 6 * * MON-FRI.' }) : nothing}
      ${text('triggers[0].timeBased.timezone', 'Time zone', values.timezone, timezone => set({ timezone }), { required: true, list: 'zones' })}${zones()}` : nothing}
    ${choice('content', 'What a run reads', values.content, CONTENT, content => set({ content }))}
    ${choice('dataset', 'What becomes of it', values.dataset, DATASETS, dataset => set({ dataset }))}
    ${text('quiet', 'Wait for quiet, seconds', values.quiet, quiet => set({ quiet }), { type: 'number', hint: 'Folders in which something arrived less long ago wait for the next run.' })}
  </div>
  <p class="hint">Where nothing is new, nothing is run. All is done with your rights as they are then.</p>`;
