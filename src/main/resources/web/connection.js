import { all, get, patch, post } from './api.js';
import { badges, home } from './connections.js';
import { deleteDialog } from './connection-delete.js';
import { rightsOf } from './connection-rights.js';
import { testPanel } from './connection-test.js';
import { again, button, el, head, linkButton } from './dom.js';
import { announce } from './feedback.js';
import { exact, time } from './format.js';
import { keyPairDialog } from './key-pair-dialog.js';
import { shareDialog } from './share-dialog.js';
import { query as encoded } from './uris.js';

export const TITLE = 'Connection';

/** One connection: what it is, whose it is, whether it works. */
export async function show({ id, query, me, signal }) {
  const [connection, { data: shares }, people] = await Promise.all([
    get(`/v4/connections/${id}`, signal),
    get(`/v4/connections/${id}/permissions`, signal),
    all('/v4/people', signal),
  ]);
  const may = rightsOf(connection, me);
  const panel = testPanel({
    now: name => ({ 'params.region': connection.params.region, 'params.endpoint': connection.params.endpoint, 'params.checksums': connection.params.checksums })[name],
    ask: asked => {
      const path = `/v4/connections/${id}/status?${encoded(asked)}`;
      return asked.write ? post(path) : get(path, signal);
    },
    change: may.edit && (async (name, value) => {
      await patch(`/v4/connections/${id}`, { params: { [name.slice('params.'.length)]: value } });
      announce('Saved ', exact(connection.name), '.');
      history.replaceState(history.state, '', `#/connections/${id}?test=yes`);
      again();
    }),
  });
  const usable = may.use && connection.hasCredentials;
  if (query.has('test')) history.replaceState(history.state, '', `#/connections/${id}`); // once
  if (usable && query.has('test')) setTimeout(panel.test);
  return [
    head(exact(connection.name), ...actions(connection, may, { me, shares, people })),
    el('p', { class: 'lead badges' }, badges(connection, may)),
    connection.description && el('p', { class: 'lead' }, exact(connection.description)),
    obstacle(connection, may),
    facts(connection, may, { shares, people, asked: query.get('region') }),
    usable && el('section', { class: 'sheet' }, el('h2', null, 'Does it work?'), panel.node),
  ];
}

function actions(connection, may, { me, shares, people }) {
  return [
    may.use && connection.hasCredentials && linkButton(home(connection), 'Browse', 'main'),
    may.edit && linkButton(`#/connections/${connection.id}/edit`, 'Edit'),
    me.workspaceAdmin && linkButton(`#/settings/audit?connectionId=${connection.id}`, 'Who used it'),
    (may.use || may.edit) && button('Share', () => shareDialog({ connection, may, me, shares, people }, again)),
    may.remove && button('Delete', () => deleteDialog(connection), { class: 'plain bad' }),
  ].filter(Boolean);
}

/** Why it cannot be used, with the way out of it. */
function obstacle(connection, may) {
  if (!may.use) {
    return el('p', { class: 'warning' }, 'Private to others. As an administrator you can manage it; to use it, have it shared with you.');
  }
  if (connection.hasCredentials) return null;
  return el('div', { class: 'warning' },
    el('p', null, connection.credentialsShared
      ? 'It has no key pair. An editor can enter one.'
      : 'Its key pair is not shared: enter your own, and you can use it. Nobody else works with it.'),
    (!connection.credentialsShared || may.edit) && button(connection.credentialsShared ? 'Enter a key pair' : 'Enter my key pair', () => keyPairDialog(connection, again), { class: 'main' }));
}

/** @param asked the region that was entered when it was saved, which may not be where the bucket was found */
function facts(connection, may, { shares, people, asked }) {
  const name = id => exact(people.find(person => person.id === id)?.name ?? `Person ${id}`);
  const { params } = connection;
  const rows = [
    ['Owner', may.owns ? 'You' : name(connection.creator.id)],
    ['Who has it', whoHas(connection, shares)],
    [connection.credentialType === 'iamRoleArn' ? 'IAM role' : 'Key pair', [
      connection.credentialsShared ? 'One for everybody who has the connection' : `Everybody has their own${connection.hasCredentials ? '; yours is entered' : ''}`,
      !connection.credentialsShared && connection.hasCredentials && may.use && button('Change mine', () => keyPairDialog(connection, again), { class: 'plain' }),
    ]],
    ['Store', exact(params.endpoint ?? 'AWS S3')],
    ['Region', region(params.region ?? 'us-east-1', asked)],
    params.caCertificate && ['Certificate', 'Signed by an authority of its own'],
    ['Default bucket', connection.bucket ? exact(connection.bucket) : 'none: all buckets'],
    ['Changed', [time(connection.updatedAt), connection.updater.id && [' by ', name(connection.updater.id)]].flat()],
  ];
  return el('dl', { class: 'sheet known' }, rows.filter(Boolean).flatMap(([term, what]) => [el('dt', null, term), el('dd', null, what)]));
}

function region(present, asked) {
  return asked && asked !== present
    ? [present, el('div', { class: 'note' }, `The bucket was found here, so that ${asked} was corrected.`)]
    : present;
}

function whoHas(connection, shares) {
  if (connection.isGlobal) return 'Everybody in the workspace';
  if (!shares.length) return 'Nobody else';
  const shown = shares.slice(0, 5).flatMap((share, index) => [index > 0 && ', ', exact(share.name)]);
  return [...shown, shares.length > 5 && ` and ${shares.length - 5} more`];
}
