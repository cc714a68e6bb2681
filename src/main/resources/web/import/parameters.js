import { visible } from '../format.js';
import { parse } from '../uris.js';

// How dates are written in paths, as the service's formats say it; what is more exact comes first.
const DATES = [
  [/^\d{4}([-/_.]?)(0[1-9]|1[0-2])\1(0[1-9]|[12]\d|3[01])$/, separator => ['yyyy', 'MM', 'dd'].join(separator), 'days'],
  [/^\d{4}([-/_.]?)(0[1-9]|1[0-2])$/, separator => ['yyyy', 'MM'].join(separator), 'months'],
  [/^(?:19|20)\d{2}()$/, () => 'yyyy', 'years'],
];

const TODAY = new Date().toLocaleDateString('sv'); // as 2025-01-31

/** Windows of time, and what each is said by: `unit`, a number of them, or dates. */
export const WINDOWS = {
  inTheLast: ['In the last', ['number', 'unit']],
  last: ['In the one before the current', ['unit']],
  exactly: ['In the one so many ago', ['amount', 'unit']],
  betweenAgo: ['Between so many ago', ['from', 'to', 'unit']],
  isAfter: ['On a day or later', ['since']],
  isBefore: ['Before a day', ['until']],
  between: ['Between two days', ['since', 'until']],
};

/** A parameter in place of a part of a path or of a bucket's name, with what can be guessed from the text that is there. */
export function parameter(kind, where, text, start) {
  const [pattern, format, unit] = DATES.find(([candidate]) => candidate.test(text)) ?? [/()/, () => 'yyyy-MM-dd', 'days'];
  const values = {
    date: { format: format(pattern.exec(text)?.[1] ?? ''), unit, window: 'inTheLast', number: 7, amount: 1, from: 7, to: 1, since: TODAY, until: TODAY },
    variable: { name: '', value: text },
    any: {},
    pattern: { value: text.replace(/[^\w/-]/g, '\\$&').replace(/\d+/g, '\\d+') },
  }[kind];
  return { kind, where, start, end: start + text.length, text, ...values };
}

/** The path of an item, or the name of its bucket, as parameters count in it. */
export const textOf = ({ uri }, where) => (where === 'bucket' ? parse(uri).bucket : `/${parse(uri).key}`);

/** What stands in the place of a parameter, as it is shown. */
const sign = ({ kind, name, format }) => `{${{ date: format, variable: name || 'variable', any: '*', pattern: 'pattern' }[kind]}}`;

/** A path with its parameters in their places: `{ shown, start, end, fixed }`. */
function pieces(item, where) {
  const text = textOf(item, where);
  const found = [];
  let end = 0;
  const fixed = to => to > end && found.push({ shown: visible(text.slice(end, to)), start: end, end: to, fixed: text.slice(end, to) });
  for (const one of (item.parameters ?? []).filter(other => other.where === where).sort((left, right) => left.start - right.start)) {
    fixed(one.start);
    found.push({ shown: sign(one), start: one.start, end: one.end });
    end = one.end;
  }
  fixed(text.length);
  return found;
}

/** The path of an item, or the name of its bucket, as it varies. */
export const varied = (item, where) => pieces(item, where).map(({ shown }) => shown).join('');

/** The part of it that is selected in what is shown of it; a parameter is selected as a whole. */
export function selected(item, where, from, to) {
  let [start, end] = [null, null];
  let before = 0;
  for (const piece of pieces(item, where)) {
    const after = before + piece.shown.length;
    if (from < after && to > before) {
      start ??= piece.fixed ? piece.start + placeIn(piece.fixed, from - before) : piece.start;
      end = piece.fixed ? piece.start + placeIn(piece.fixed, Math.min(to, after) - before) : piece.end;
    }
    before = after;
  }
  return { start: start ?? 0, end: end ?? 0, text: textOf(item, where).slice(start ?? 0, end ?? 0) };
}

/** Which parameter a refusal is about, and what it says of that: a detail names it by its place among all of them. */
export function refusal({ parameters = [], failure }) {
  const [, index, field, said] = /^runParameters\[(\d+)\]\.?([\w.[\]]*):? (.*)$/s.exec(failure ?? '') ?? [];
  const all = ['bucket', 'path'].flatMap(where => parameters.filter(one => one.where === where).sort((left, right) => left.start - right.start));
  const label = Object.entries({ overrideKey: 'Name', 'value.variable': 'Default', 'value.pattern': 'Regular expression', formats: 'Format' }).find(([part]) => field?.includes(part))?.[1];
  return all[index] ? { parameter: all[index], said: label ? `${label} ${said}` : said.replace(/^./, first => first.toUpperCase()) } : null;
}

/** Where in a path somebody is who is so far in what is shown of it. */
function placeIn(path, shown) {
  let place = 0;
  for (let length = 0; place < path.length && length < shown; place++) length += visible(path[place]).length;
  return place;
}

export const overlaps = (parameters, where, start, end) => parameters.some(one => one.where === where && start < one.end && one.start < end);

/** What a request says of them: path and bucket without their texts, and what stands where. */
export function dynamic(item) {
  const parameters = item.parameters ?? [];
  if (!parameters.length) return {};
  const path = reduced(item, 'path');
  const bucket = reduced(item, 'bucket');
  return {
    dynamicPath: path.fixed,
    ...(bucket.runParameters.length && { dynamicBucket: bucket.fixed }),
    runParameters: [...bucket.runParameters, ...path.runParameters],
  };
}

function reduced(item, where) {
  const text = textOf(item, where);
  let fixed = '';
  let end = 0;
  const runParameters = [];
  for (const one of item.parameters.filter(other => other.where === where).sort((left, right) => left.start - right.start)) {
    fixed += text.slice(end, one.start);
    const order = runParameters.filter(({ insertionIndices: [{ index }] }) => index === fixed.length).length;
    runParameters.push({
      type: where,
      ...(one.kind === 'variable' && { overrideKey: one.name }),
      insertionIndices: [{ index: fixed.length, order }],
      value: VALUES[one.kind](one),
    });
    end = one.end;
  }
  return { fixed: fixed + text.slice(end), runParameters };
}

const RANGES = {
  inTheLast: ({ unit, number }) => ({ unit, number }),
  last: ({ unit }) => ({ unit }),
  exactly: ({ unit, amount }) => ({ unit, amount }),
  betweenAgo: ({ unit, from, to }) => ({ unit, from, to }),
  isAfter: ({ since }) => since,
  isBefore: ({ until }) => until,
  between: ({ since, until }) => ({ from: since, to: until }),
};

const VALUES = {
  date: one => ({
    dateRange: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, formats: [one.format], [one.window]: RANGES[one.window](one) },
  }),
  variable: ({ value }) => ({ variable: { value } }),
  any: () => ({ pattern: { wildcard: {} } }),
  pattern: ({ value }) => ({ pattern: { regex: { value } } }),
};
