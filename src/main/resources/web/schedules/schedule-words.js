import { html } from 'lit';
import { exact, time } from '../format.js';

export const DAYS = [['MON', 'Monday'], ['TUE', 'Tuesday'], ['WED', 'Wednesday'], ['THU', 'Thursday'], ['FRI', 'Friday'], ['SAT', 'Saturday'], ['SUN', 'Sunday']];
const two = number => String(number).padStart(2, '0');

// Times as Wharf's form writes them, and how they are said.
const CRONS = [
  [/^\*\/(\d+) \* \* \* \*$/, minutes => `every ${minutes} minutes`],
  [/^\*\/(\d+) \* \* \* \* \*$/, seconds => `every ${seconds} seconds`],
  [/^\* \* \* \* \*$/, () => 'every minute'],
  [/^(\d+) \* \* \* \*$/, minute => `every hour, at minute ${minute}`],
  [/^(\d+) (\d+) \* \* \*$/, (minute, hour) => `every day at ${two(hour)}:${two(minute)}`],
  [/^(\d+) (\d+) \* \* MON-FRI$/, (minute, hour) => `Monday to Friday at ${two(hour)}:${two(minute)}`],
  [/^(\d+) (\d+) \* \* (\w{3})$/, (minute, hour, day) => `every ${DAYS.find(([short]) => short === day)?.[1] ?? day} at ${two(hour)}:${two(minute)}`],
];

function when({ timeBased, notifications }) {
  if (notifications) return html`when the queue ${exact(notifications.queueUrl)} tells of new files`;
  const { expression } = timeBased.cron;
  const [pattern, words] = CRONS.find(([candidate]) => candidate.test(expression)) ?? [];
  const zone = timeBased.timezone ?? 'UTC';
  return pattern ? html`${words(...pattern.exec(expression).slice(1))} (${zone})` : html`at the times ${exact(expression)} (cron, ${zone})`;
}

/** When a schedule is due, in words. */
export const triggerWords = ({ triggers }) => triggers.map((trigger, index) => html`${index ? ', and ' : ''}${when(trigger)}`);

export const sourceIn = ({ tasks }) => tasks.find(({ importSource }) => importSource)?.importSource;
export const runIn = ({ tasks }) => tasks.find(({ runJob }) => runJob)?.runJob;

const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

export function nextWords({ enabled, nextRunAt }) {
  if (!nextRunAt) return enabled ? 'when it is told' : 'none: it is paused';
  const seconds = Math.round((new Date(nextRunAt) - Date.now()) / 1_000);
  const [unit, length] = UNITS.find(([, one]) => Math.abs(seconds) >= one) ?? UNITS.at(-1);
  return html`${seconds <= 0 ? 'now' : RELATIVE.format(Math.round(seconds / length), unit)}, ${time(nextRunAt)}`;
}

const SAID = ['header', 'delimiter', 'encoding', 'quote', 'columnTypes', 'structureCheck', 'columns', 'archived', 'disableTypeInference', 'dynamicPath', 'dynamicBucket'];

/** The source of a dataset as an import asks for it. */
export const sourceOf = dataset => ({
  uri: dataset.uri,
  name: dataset.name,
  ...Object.fromEntries(SAID.filter(name => dataset[name] !== null && dataset[name] !== undefined).map(name => [name, name === 'quote' && dataset.quote === '' ? 'none' : dataset[name]])),
  ...(dataset.isDynamic && { runParameters: dataset.runParameters }),
});
