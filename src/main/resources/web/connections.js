import { all, get } from './api.js';
import { rightsOf } from './connection-rights.js';
import { el, empty, head, link, linkButton, table } from './dom.js';
import { exact } from './format.js';
import { entrance } from './uris.js';

export const TITLE = 'Connections';

// Which of them are shown: the words of the address, and of the page.
const KINDS = {
  all: ['All', () => true],
  mine: ['Mine', ({ owns }) => owns],
  shared: ['Shared with me', ({ owns, use }, row) => !owns && use && !row.isGlobal],
  public: ['Public', (may, row) => row.isGlobal],
};

/** Where browsing a connection begins. */
export const home = connection => entrance(connection.id);

export async function show({ query, me, signal }) {
  const [connections, { configuration }] = await Promise.all([
    all('/v4/connections', signal, { embed: 'creator' }),
    get('/v4/workspaces/current/configuration', signal),
  ]);
  const off = configuration.some(({ key, value }) => key === 'aws.s3.enabled' && value === 'false')
    && el('p', { class: 'warning' }, 'S3 connectivity is off in this workspace, so no connection can be used.',
      me.workspaceAdmin ? link('#/settings/workspace', 'Turn it on') : ' An administrator can turn it on.');
  const base = me.roles.includes('dataAdmin')
    && el('p', { class: 'aside' }, 'You may also look into ', link(entrance(null), 'base storage'), ', where uploads and default results are kept.');
  const make = linkButton('#/connections/new', 'New connection', 'main');
  if (!connections.length) {
    return [
      head(TITLE),
      off,
      empty('No connections yet. A connection keeps the key pair of one store, so that nobody has to hand keys around. Make one to browse its buckets and import from them.', make),
      base,
    ];
  }
  const mayWith = row => rightsOf(row, me);
  const chosen = KINDS[query.get('show')] ? query.get('show') : 'all';
  const shown = connections.filter(row => KINDS[chosen][1](mayWith(row), row));
  return [head(TITLE, make), off, kinds(connections, mayWith, chosen), shown.length ? listed(shown, mayWith) : empty('None of the connections are of this kind.'), base];
}

function kinds(connections, mayWith, chosen) {
  return el('nav', { class: 'tabs', 'aria-label': 'Which connections' }, Object.entries(KINDS).map(([kind, [label, is]]) => el('a', {
    href: kind === 'all' ? '#/connections' : `#/connections?show=${kind}`,
    'aria-current': kind === chosen && 'page',
  }, label, el('span', { class: 'quiet' }, ` ${connections.filter(row => is(mayWith(row), row)).length}`))));
}

function listed(connections, mayWith) {
  const list = table('Connections', [
    { label: 'Name', kind: 'wide', cell: row => named(row, mayWith(row)) },
    { label: 'Store', cell: row => [exact(row.params.endpoint ?? 'AWS S3'), el('div', { class: 'quiet' }, row.params.region ?? 'us-east-1')] },
    { label: 'Default bucket', cell: row => (row.bucket ? exact(row.bucket) : el('span', { class: 'quiet' }, 'none: all buckets')) },
    { label: 'Owner', cell: row => (mayWith(row).owns ? 'You' : exact(row.creator.name)) },
    { label: 'Actions', hidden: true, kind: 'do', cell: row => actions(row, mayWith(row)) },
  ]);
  list.add(connections);
  return list.node;
}

function named(row, may) {
  const page = `#/connections/${row.id}`;
  return [link(may.use && row.hasCredentials ? home(row) : page, exact(row.name)), ...badges(row, may),
    row.description && el('div', { class: 'quiet clip' }, exact(row.description))];
}

/** What is to be known of a connection before it is used. */
export function badges(connection, may) {
  return [
    connection.isGlobal && el('span', { class: 'badge' }, 'Public'),
    !may.owns && may.use && !connection.isGlobal && el('span', { class: 'badge' }, 'Shared with you'),
    !may.use && el('span', { class: 'badge warned' }, 'Private to others'),
    may.use && !connection.hasCredentials && el('span', { class: 'badge warned' }, 'Needs your key pair'),
  ].filter(Boolean);
}

function actions(connection, may) {
  return el('div', { class: 'actions' },
    may.use && connection.hasCredentials && el('a', { class: 'button', href: home(connection), 'aria-label': `Browse ${connection.name}` }, 'Browse'),
    el('a', { class: 'button plain', href: `#/connections/${connection.id}`, 'aria-label': `Details of ${connection.name}` }, 'Details'));
}
