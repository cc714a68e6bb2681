import { all, get } from './api.js';
import { asked, filtered, filterForm } from './audit-filter.js';
import { operation, OUTCOMES, PROGRAMS, VIA } from './audit-words.js';
import { again, button, el, empty, link, linkButton, table } from './dom.js';
import { busy, problem, whisper } from './feedback.js';
import { count, exact, moment } from './format.js';
import { settingsHead } from './settings.js';
import { location as place, query as encoded } from './uris.js';

export const TITLE = 'Audit events';

const ROWS = 50;
const KINDS = { denied: 'failed', failed: 'warned' };

/** What was done in the workspace, newest first; for administrators. */
export async function show({ query, me, signal }) {
  const filter = asked(query);
  const [page, connections, people] = await Promise.all([
    events(filter, 0, signal).catch(mendable),
    all('/v4/connections', signal, { fields: 'id,name' }),
    all('/v4/people', signal, { fields: 'id,name,email' }),
  ]);
  return [
    settingsHead('audit', me, button('Refresh', again), download(filter)),
    el('p', { class: 'lead quiet' }, 'Every change, and everything that is done in a store or refused. Nothing of it is ever changed or deleted.'),
    filterForm(filter, { connections, people }),
    page.failure ? problem(page.failure) : list(page.data, filter, { connections, people, signal }),
  ];
}

/** A filter that is refused stays, so that it can be mended. */
function mendable(failure) {
  if (failure.status !== 400) throw failure;
  return { failure };
}

const events = (filter, offset, signal) => get(`/v4/auditEvents?${encoded({ ...filter, limit: ROWS, offset })}`, signal);

/** The browser writes the lines to disk as they come, however many there are. */
function download(filter) {
  return el('a', { class: 'button', href: `/v4/auditEvents?${encoded({ ...filter, format: 'ndjson' })}`, download: 'audit-events.ndjson' },
    Object.keys(filter).length ? 'Download these as NDJSON' : 'Download all as NDJSON');
}

function list(first, filter, { connections, people, signal }) {
  if (!first.length) {
    return Object.keys(filter).length
      ? empty('No event is of this kind.', linkButton(filtered({}), 'Show all'))
      : empty('Nothing was recorded yet.');
  }
  const names = {
    connection: new Map(connections.map(row => [row.id, row.name])),
    person: new Map(people.map(row => [row.id, row.name])),
  };
  const rows = table('Audit events', [
    { label: 'When', kind: 'when', cell: event => [moment(event.createdAt), sameRequest(event, filter)] },
    { label: 'Who', kind: 'who', cell: event => who(event, names.person) },
    { label: 'What', kind: 'wide', cell: event => what(event, names.connection) },
    { label: 'Outcome', kind: 'outcome', cell: outcome },
  ]);
  const wrong = el('div');
  const end = el('p', { class: 'quiet', tabindex: '-1', hidden: true }, 'That is all.');
  const seen = new Set();
  let offset = 0;
  const append = page => {
    offset += page.length;
    const fresh = page.filter(event => !seen.has(event.id)); // what happened since has moved the pages on
    fresh.forEach(event => seen.add(event.id));
    rows.add(fresh);
    end.hidden = !(more.hidden = page.length < ROWS);
    return fresh;
  };
  const more = button('More', event => busy(event.currentTarget, 'Loading…', async () => {
    wrong.replaceChildren();
    try {
      const fresh = append((await events(filter, offset, signal)).data);
      whisper(`${count(fresh.length, 'more event', 'more events')}.`);
      if (more.hidden) end.focus();
    } catch (failure) {
      if (failure.name !== 'AbortError') wrong.replaceChildren(problem(failure));
    }
  }));
  append(first);
  return [el('div', { class: 'events' }, rows.node), wrong, el('div', { class: 'more' }, more, end)];
}

/** A job's events are of one request, which is the job. */
function sameRequest({ requestId, createdAt }, filter) {
  return requestId && requestId !== filter.requestId
    && el('div', null, el('a', { class: 'quiet', href: filtered({ requestId }), 'aria-label': `All events of this request, ${createdAt}` }, 'this request'));
}

function who({ actor, person, via, requestId }, names) {
  const name = id => exact(names.get(id) ?? (id === person.id ? person.email : `Person ${id}`));
  const job = /^jobGroup\/(\d+)$/.exec(requestId ?? '')?.[1];
  if (actor) return [name(actor.id), el('div', { class: 'quiet' }, actor.id !== person.id && ['for ', name(person.id), ', '], VIA[via] ?? via)];
  const program = via === 'job' && job ? link(`#/jobs/${job}`, `Job ${job}`) : PROGRAMS[via] ?? via;
  return [program, el('div', { class: 'quiet' }, 'for ', name(person.id))];
}

function what(event, names) {
  const id = event.connection?.id;
  const store = id ? (names.has(id) ? link(`#/connections/${id}`, exact(names.get(id))) : `Connection ${id}`) : event.bucket && 'Base storage';
  return [
    el('strong', null, operation(event.operation)),
    (store || event.bucket) && el('div', null, store, event.bucket && [' ', el('code', null, exact(place({ bucket: event.bucket, key: event.key ?? '' })))]),
    event.detail && el('div', { class: 'quiet' }, exact(event.detail)),
  ];
}

const outcome = ({ outcome: word }) => (KINDS[word]
  ? el('span', { class: `badge state ${KINDS[word]}` }, OUTCOMES[word])
  : el('span', { class: 'quiet' }, OUTCOMES[word] ?? word));
