import { all } from '../api.js';
import { again, button, el } from '../dom.js';
import { downloadLink } from '../download.js';
import { refuse } from '../forms.js';
import { query as encoded } from '../uris.js';
import { asked } from './audit-filter.js';
import './audit-list.js';
import { workspaceHead } from './tabs.js';

export const TITLE = 'Audit events';

/** What was done in the workspace, newest first: for administrators, and for owners what was done on their connections. */
export async function show({ query, me, signal }) {
  const filter = asked(query);
  const list = document.createElement('audit-list');
  const [failure, connections, people] = await Promise.all([
    list.begin(filter, signal).catch(mendable),
    all('/v4/connections', signal, { fields: 'id,name' }),
    all('/v4/people', signal, { fields: 'id,name,email' }),
  ]);
  list.connections = new Map(connections.map(row => [row.id, row.name]));
  list.people = new Map(people.map(row => [row.id, row.name]));
  const form = Object.assign(document.createElement('audit-filter'), { present: filter, connections, people });
  if (failure) form.updateComplete.then(() => refuse(form.querySelector('form'), failure));
  return [
    workspaceHead('/audit', me, button('Refresh', again), download(filter)),
    el('p', { class: 'lead quiet' }, 'Every change, and everything that is done in a store or refused. Nothing of it is ever changed or deleted.'),
    form,
    !failure && list,
  ];
}

/** A filter that is refused stays, so that it can be mended. */
function mendable(failure) {
  if (failure.status !== 400) throw failure;
  return failure;
}

/** The browser writes the lines to disk as they come, however many there are. */
function download(filter) {
  return downloadLink({ href: `/v4/auditEvents?${encoded({ ...filter, format: 'ndjson' })}`, name: 'audit-events.ndjson', label: Object.keys(filter).length ? 'Download these as NDJSON' : 'Download all as NDJSON' });
}
