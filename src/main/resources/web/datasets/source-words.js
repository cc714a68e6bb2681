import { html } from 'lit';
import { exact } from '../format.js';
import { location, parse } from '../uris.js';

const UNITS = { seconds: 'second', minutes: 'minute', hours: 'hour', days: 'day', weeks: 'week', months: 'month', quarters: 'quarter', years: 'year' };
const one = unit => UNITS[unit] ?? unit.replace(/s$/, '');
const some = (number, unit) => `${number.toLocaleString()} ${one(unit)}${number === 1 ? '' : 's'}`;

const WINDOWS = {
  exactly: ({ unit, amount }) => (amount ? `of the ${one(unit)} ${some(amount, unit)} ago` : `of the current ${one(unit)}`),
  inTheLast: ({ unit, number }) => `of the last ${some(number, unit)}, the current one included`,
  last: ({ unit, startDayOfWeek }) => `of the ${one(unit)} before the current one${startDayOfWeek ? `, with weeks from ${startDayOfWeek} on` : ''}`,
  isAfter: said => `from ${said.date ?? said} on`,
  isBefore: said => `before ${said.date ?? said}`,
  between: ({ from, to }) => `from ${from} to ${to}`,
  betweenAgo: ({ unit, from, to }) => `from ${some(Math.max(from, to), unit)} to ${some(Math.min(from, to), unit)} ago`,
};

/** What may stand in the place of a parameter, in words. */
function rule({ overrideKey, value }) {
  const { dateRange, variable, selector, pattern } = value;
  if (dateRange) {
    const [window] = Object.keys(WINDOWS).filter(name => dateRange[name] !== undefined && dateRange[name] !== null);
    return html`dates written as ${exact(dateRange.formats.join(' or '))} ${window ? WINDOWS[window](dateRange[window]) : 'of any time'} (${dateRange.timezone ?? 'UTC'})`;
  }
  if (variable) return html`the variable <strong>${exact(overrideKey ?? '')}</strong>, ${exact(variable.value || 'nothing')} unless a run says otherwise`;
  if (selector) return html`one of ${exact(selector.options.join(', '))}, ${exact(selector.default)} unless a run says otherwise (<strong>${exact(overrideKey ?? '')}</strong>)`;
  if (pattern.wildcard) return 'any text without a slash';
  if (pattern.string) return html`the text ${exact(pattern.string.value)}`;
  return html`what matches ${exact((pattern.regex ?? pattern.trifactaPattern).value)}`;
}

const label = ({ overrideKey, value }) => overrideKey ?? value.dateRange?.formats[0] ?? (value.pattern?.wildcard ? '*' : 'pattern');

/** A path with its parameters in their places: texts and parameters. */
function pieces(path, parameters) {
  const places = parameters.flatMap(parameter => parameter.insertionIndices.map(({ index, order = 0 }) => ({ index, order, parameter })))
    .sort((left, right) => left.index - right.index || left.order - right.order);
  let end = 0;
  const found = places.flatMap(({ index, parameter }) => {
    const before = path.slice(end, index);
    end = index;
    return [before, parameter];
  });
  return [...found, path.slice(end)].filter(piece => piece !== '');
}

/** Where a source is: its path, or the rule by which its path varies. */
export function placeWords(source) {
  const { dynamicPath, dynamicBucket, runParameters } = source;
  const uri = source.uri ?? `s3://${source.bucket}${source.path ?? '/'}`;
  if (!dynamicPath && !dynamicBucket) return exact(location(parse(uri)));
  const parameters = listed(runParameters);
  const of = type => parameters.filter(parameter => parameter.type === type);
  const shown = piece => (typeof piece === 'string' ? exact(piece) : html`<span class="varies">${exact(label(piece))}</span>`);
  return html`<span class="rule">s3://${pieces(dynamicBucket ?? parse(uri).bucket, of('bucket')).map(shown)}${pieces(dynamicPath, of('path')).map(shown)}</span>`;
}

/** Which files a dataset of a parameterised path finds, in words. */
export function sourceWords(dataset) {
  return html`
    <p>${placeWords(dataset)}</p>
    <ul class="words">${listed(dataset.runParameters).map(parameter => html`<li><span class="varies">${exact(label(parameter))}</span> ${rule(parameter)}</li>`)}</ul>
    <p class="quiet">A job finds the files anew when it runs; a folder at the end counts with all that is in it.</p>`;
}

const listed = runParameters => runParameters?.data ?? runParameters ?? [];

/** What a run can say of the parameters of a dataset or of a schedule's source: `{ key, value, options }`. */
export const variables = ({ runParameters }) => listed(runParameters)
  .filter(({ overrideKey, value }) => overrideKey && !overrideKey.startsWith('env.') && (value.variable || value.selector))
  .filter(({ overrideKey }, index, all) => all.findIndex(other => other.overrideKey === overrideKey) === index)
  .map(({ overrideKey, value: { variable, selector } }) => ({ key: overrideKey, value: variable?.value ?? selector.default, options: selector?.options }));

export const hasDates = ({ runParameters }) => listed(runParameters).some(({ value }) => value.dateRange);

/** The same parameters with other values of their variables, by their names. */
export const withValues = (runParameters, said) => listed(runParameters).map(parameter => {
  const { overrideKey: key, value: { variable, selector } } = parameter;
  if (!(key in said) || !(variable || selector)) return parameter;
  return { ...parameter, value: variable ? { variable: { ...variable, value: said[key] } } : { selector: { ...selector, default: said[key] } } };
});

/** Values of variables in words, such as `year: 2014`. */
export const valueWords = values => values.map(({ key, value }, index) => html`${index ? ', ' : ''}${exact(key)}: <strong>${value === '' ? 'nothing' : exact(value)}</strong>`);

/** What somebody has said of the parameters of a job's paths when it was started. */
export const saidOf = ({ runParameters }) => runParameters?.overrides?.data ?? [];
