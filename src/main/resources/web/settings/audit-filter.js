import { OPERATIONS, OUTCOMES } from './audit-words.js';
import { again, el, linkButton } from '../dom.js';
import { field, form, select, text } from '../forms.js';
import { query } from '../uris.js';

const HOME = '#/workspace/audit';
const NAMES = ['connectionId', 'personId', 'operation', 'outcome', 'bucket', 'key', 'from', 'to', 'requestId'];
const FURTHER = ['bucket', 'key', 'from', 'to', 'requestId'];

/** What the address asks for, in the words of the API. */
export const asked = address => Object.fromEntries(NAMES.filter(name => address.get(name)).map(name => [name, address.get(name)]));

/** The view of the events that a filter leaves. */
export const filtered = values => (Object.keys(values).length ? `${HOME}?${query(values)}` : HOME);

/** Asks which events are to be seen. The address keeps the answer, so that it can be kept and handed on. */
export function filterForm(present, { connections, people }) {
  const further = el('details', { open: FURTHER.some(name => present[name]) }, el('summary', null, 'More filters'));
  const inputs = {
    connectionId: choice('Any connection', [['0', 'Base storage, or none'], ...connections.map(row => [row.id, row.name])], present.connectionId, id => `Connection ${id}`),
    personId: choice('Anybody', people.map(row => [row.id, `${row.name} (${row.email})`]), present.personId, id => `Person ${id}`),
    operation: operations(present.operation),
    outcome: choice('Any outcome', Object.entries(OUTCOMES), present.outcome, word => word),
    bucket: text(),
    key: text(),
    from: el('input', { type: 'datetime-local' }),
    to: el('input', { type: 'datetime-local' }),
    requestId: text(),
  };
  for (const name of ['bucket', 'key', 'requestId']) inputs[name].value = present[name] ?? '';
  for (const name of ['from', 'to']) inputs[name].value = local(present[name]);
  const columns = names => el('div', { class: 'columns' }, names.map(([name, label, hint]) => field(name, label, inputs[name], hint)));
  further.append(columns([
    ['bucket', 'Bucket'],
    ['key', 'Key', 'Its beginning, such as weather/'],
    ['from', 'From'],
    ['to', 'Before'],
    ['requestId', 'Request', 'The x-trifacta-request-id of an answer, or jobGroup/<id>'],
  ]));
  const node = form(() => {
    const wanted = filtered(Object.fromEntries(NAMES.map(name => [name, entered(name, inputs[name].value.trim(), present)]).filter(([, value]) => value)));
    if (wanted === location.hash) again();
    else location.hash = wanted;
  }, [
    columns([['connectionId', 'Connection'], ['personId', 'Person', 'Who did it, or for whom'], ['operation', 'What'], ['outcome', 'Outcome']]),
    further,
  ], [
    el('button', { type: 'submit', class: 'main' }, 'Show'),
    Object.keys(present).length > 0 && linkButton(HOME, 'Show all', 'plain'),
  ].filter(Boolean));
  node.classList.add('sheet', 'filters');
  node.dataset.passing = '';
  return node;
}

/** @param named what one is called that is not among the options, as it was deleted */
function choice(any, options, present, named) {
  const known = !present || options.some(([value]) => String(value) === present);
  const input = select([['', any], ...options, ...(known ? [] : [[present, named(present)]])]);
  input.value = present ?? '';
  return input;
}

function operations(present) {
  const option = ([value, label]) => el('option', { value }, label);
  const known = !present || OPERATIONS.some(([, words]) => words[present]);
  const input = el('select', null, option(['', 'Anything']),
    OPERATIONS.map(([label, words]) => el('optgroup', { label }, Object.entries(words).map(option))),
    !known && option([present, present]));
  input.value = present ?? '';
  return input;
}

/** Times are UTC in the address, and the reader's own in the form: to the minute. */
function local(time) {
  const then = new Date(time ?? NaN);
  return Number.isNaN(then.valueOf()) ? '' : new Date(then - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function entered(name, value, present) {
  if (name !== 'from' && name !== 'to') return value;
  if (value === local(present[name])) return present[name]; // which may be more precise
  return value && new Date(value).toISOString().replace('.000Z', 'Z');
}
