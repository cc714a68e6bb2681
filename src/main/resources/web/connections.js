import { all, del, get } from './api.js';
import { button, dialog, el, empty, head, link, linkButton, table } from './dom.js';
import { announce, busy, problem } from './feedback.js';
import { exact } from './format.js';
import { browse, write } from './uris.js';

export const TITLE = 'Connections';

const home = connection => browse(write({ bucket: '', key: '', connectionId: connection.id }));

export async function show({ me, signal }) {
  const connections = await all('/v4/connections', signal);
  const base = me.roles.includes('dataAdmin')
    && el('p', { class: 'aside' }, 'You may also look into ', link(browse('s3://'), 'base storage'), ', where uploads and default results are kept.');
  if (!connections.length) {
    return [
      head(TITLE),
      empty('No connections yet. A connection keeps the key pair of one store, so that nobody has to hand keys around. Make one to browse its buckets and import from them.',
        linkButton('#/connections/new', 'New connection', 'main')),
      base,
    ];
  }
  const list = table('Connections', [
    { label: 'Name', kind: 'wide', cell: row => [link(home(row), exact(row.name)), row.isGlobal && el('span', { class: 'badge' }, 'Public'), row.description && el('div', { class: 'quiet' }, exact(row.description))] },
    { label: 'Store', cell: row => [exact(row.params.endpoint ?? 'AWS S3'), el('div', { class: 'quiet' }, row.params.region ?? 'us-east-1')] },
    { label: 'Default bucket', cell: row => (row.bucket ? exact(row.bucket) : el('span', { class: 'quiet' }, 'none: all buckets')) },
    { label: 'Actions', hidden: true, kind: 'do', cell: row => actions(row, me, signal) },
  ]);
  list.add(connections);
  return [head(TITLE, linkButton('#/connections/new', 'New connection', 'main')), list.node, base];
}

function actions(connection, me, signal) {
  const result = el('div', { class: 'result', role: 'status' });
  const mine = connection.creator.id === me.personId || me.workspaceAdmin;
  return [
    el('div', { class: 'actions' },
      el('a', { class: 'button', href: home(connection), 'aria-label': `Browse ${connection.name}` }, 'Browse'),
      button('Test', event => test(event.currentTarget, connection, result, signal), { 'aria-label': `Test ${connection.name}` }),
      mine && button('Delete', event => remove(connection, event.currentTarget.closest('tr')), { class: 'plain bad', 'aria-label': `Delete ${connection.name}` })),
    result,
  ];
}

function test(pressed, connection, result, signal) {
  result.replaceChildren();
  return busy(pressed, 'Testing…', () => status(connection, signal).then(node => result.replaceChildren(node)));
}

/** Tries a saved connection; answers what to show of it. */
export async function status(connection, signal) {
  try {
    const report = await get(`/v4/connections/${connection.id}/status`, signal);
    if (report.result !== 'SUCCESS') return problem(report);
    const remarks = report.rows.filter(row => row.outcome === 'denied' || row.outcome === 'wrong');
    return el('div', null,
      el('p', { class: 'good' }, report.message),
      remarks.length > 0 && el('ul', null, ...remarks.map(row => el('li', null, exact(row.message)))));
  } catch (failure) {
    return problem(failure);
  }
}

function remove(connection, row) {
  const wrong = el('div');
  const sure = button('Delete', event => busy(event.currentTarget, 'Deleting…', async () => {
    try {
      await del(`/v4/connections/${connection.id}`);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
      return;
    }
    asked.close();
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (next) next.querySelector('a').focus();
    else dispatchEvent(new Event('hashchange'));
    announce('Deleted ', exact(connection.name), '.');
  }), { class: 'bad' });
  const asked = dialog('Delete connection?',
    el('p', null, 'Its key pair is destroyed: ', el('strong', null, exact(connection.name)), '. Nothing in its buckets changes.'),
    wrong,
    el('div', { class: 'actions' }, button('Keep', () => asked.close(), { autofocus: true }), sure));
}
