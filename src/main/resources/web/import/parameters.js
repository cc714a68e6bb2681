import { visible } from '../format.js';
import { parse } from '../uris.js';

// How dates are written in paths, as the service's formats say it; what is more exact comes first.
const DATES = [
  [/^\d{4}([-/_.]?)(0[1-9]|1[0-2])\1(0[1-9]|[12]\d|3[01])$/, separator => ['yyyy', 'MM', 'dd'].join(separator), 'days'],
  [/^\d{4}([-/_.]?)(0[1-9]|1[0-2])$/, separator => ['yyyy', 'MM'].join(separator), 'months'],
  [/^(?:19|20)\d{2}()$/, () => 'yyyy', 'years'],
];

/** A parameter in place of a part of a path, with what can be guessed from the text that is there. */
export function parameter(kind, text, start) {
  const [pattern, format, unit] = DATES.find(([candidate]) => candidate.test(text)) ?? [/()/, () => 'yyyy-MM-dd', 'days'];
  const values = {
    date: { format: format(pattern.exec(text)?.[1] ?? ''), unit, number: 7 },
    variable: { name: '', value: text },
    any: {},
    pattern: { value: text.replace(/[^\w/-]/g, '\\$&').replace(/\d+/g, '\\d+') },
  }[kind];
  return { kind, start, end: start + text.length, text, ...values };
}

/** The path of an item, as parameters count in it. */
export const pathOf = ({ uri }) => `/${parse(uri).key}`;

/** Where in a path somebody is who is so far in what is shown of it. */
export function placeIn(path, shown) {
  let place = 0;
  for (let length = 0; place < path.length && length < shown; place++) length += visible(path[place]).length;
  return place;
}

export const overlaps = (parameters, start, end) => parameters.some(one => start < one.end && one.start < end);

/** What a request says of them: the path without their texts, and what stands where. */
export function dynamic(item) {
  const parameters = [...(item.parameters ?? [])].sort((one, other) => one.start - other.start);
  if (!parameters.length) return {};
  const path = pathOf(item);
  let fixed = '';
  let end = 0;
  const runParameters = [];
  for (const one of parameters) {
    fixed += path.slice(end, one.start);
    const order = runParameters.filter(({ insertionIndices: [{ index }] }) => index === fixed.length).length;
    runParameters.push({
      type: 'path',
      ...(one.kind === 'variable' && { overrideKey: one.name }),
      insertionIndices: [{ index: fixed.length, order }],
      value: VALUES[one.kind](one),
    });
    end = one.end;
  }
  return { dynamicPath: fixed + path.slice(end), runParameters };
}

const VALUES = {
  date: ({ format, unit, number }) => ({
    dateRange: { timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, formats: [format], inTheLast: { unit, number } },
  }),
  variable: ({ value }) => ({ variable: { value } }),
  any: () => ({ pattern: { wildcard: {} } }),
  pattern: ({ value }) => ({ pattern: { regex: { value } } }),
};
