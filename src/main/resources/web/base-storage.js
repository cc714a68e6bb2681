import { all, get } from './api.js';
import { again, button, el, table } from './dom.js';
import { exact, time } from './format.js';
import { settingsHead } from './settings.js';
import { deleteStorage, enterStorage } from './storage-dialog.js';

export const TITLE = 'Base storage';

const PROVIDERS = { default: 'A key pair', temporary: 'An IAM role', instance: 'What this service runs with' };

/** With what base storage is used: what counts for the caller, and to administrators what everybody has. */
export async function show({ me, signal }) {
  const [{ configuration }, current, configs, { connectionMetadata }] = await Promise.all([
    get('/v4/workspaces/current/configuration', signal),
    get('/v4/awsConfigs/current', signal).catch(none),
    me.workspaceAdmin ? all('/v4/awsConfigs', signal) : [],
    get('/v4/connectorMetadata/aws', signal),
  ]);
  const personal = configuration.some(({ key, value }) => key === 'aws.mode' && value === 'user');
  const roles = me.workspaceAdmin && connectionMetadata.credentialTypes.includes('iamRoleArn');
  return [
    settingsHead('storage', me),
    el('p', { class: 'lead quiet' }, 'Keeps uploads, and results where a job names no other place. ',
      personal ? 'Here everybody uses it with a key pair of their own.' : 'All use it with the same key pair or role.'),
    el('section', { class: 'sheet' }, el('h2', null, 'What counts for you'), counts(current, { personal, roles, me })),
    me.workspaceAdmin && workspaces(configs.find(({ workspaceId }) => workspaceId), { personal, roles, me }),
    personal && me.workspaceAdmin && await others(configs.filter(({ personId }) => personId && personId !== me.personId), signal),
  ];
}

function none(failure) {
  if (failure.status !== 404) throw failure;
  return null;
}

function counts(current, { personal, roles, me }) {
  const own = personal && current;
  return [
    current ? facts(current, whose(current, me)) : el('p', { class: 'warning' }, personal
      ? 'You have no key pair for base storage, so that you can neither upload nor look into it.'
      : 'There is no base storage: an operator sets one up, or an administrator one for the workspace.'),
    personal && el('div', { class: 'actions' },
      button(own ? 'Change mine' : 'Enter my key pair', () => enterStorage({ id: own?.id, holder: {}, title: 'My base storage', roles }, again), { class: own ? null : 'main' }),
      own && button('Delete mine', () => deleteStorage(own, 'You can then neither upload nor look into base storage until you enter another one.', again), { class: 'plain bad' })),
  ];
}

function whose({ id, personId }, me) {
  if (!id) return 'The operator’s settings';
  if (!personId) return 'The workspace’s';
  return personId === me.personId ? 'Your own' : `Person ${personId}’s`;
}

function facts(config, whoseItIs) {
  const rows = [
    whoseItIs && ['Whose', whoseItIs],
    ['Used by', config.role ? [PROVIDERS.temporary, el('div', null, el('code', null, exact(config.role)))] : PROVIDERS[config.credentialProvider] ?? config.credentialProvider],
    ['Default bucket', config.defaultBucket ? exact(config.defaultBucket) : 'The operator’s'],
    ['Extra buckets', buckets(config.extraBuckets)],
    config.updatedAt && ['Changed', time(config.updatedAt)],
  ];
  return el('dl', { class: 'known' }, rows.filter(Boolean).flatMap(([term, said]) => [el('dt', null, term), el('dd', null, said)]));
}

function buckets(names) {
  if (!names.length) return 'none';
  if (names.includes('*')) return 'All that it reaches';
  return el('ul', { class: 'buckets' }, names.map(name => el('li', null, exact(name))));
}

function workspaces(config, { personal, roles, me }) {
  const enter = () => enterStorage({ id: config?.id, holder: { workspaceId: me.workspaceId }, title: 'The workspace’s base storage', roles }, again);
  return el('section', { class: 'sheet' }, el('h2', null, 'The workspace’s'),
    personal && el('p', { class: 'hint' }, 'Its key pair counts for nobody here; its default bucket does, for those who have entered none.'),
    config ? facts(config) : el('p', { class: 'quiet' }, 'None was entered', personal ? '.' : ', so that the operator’s settings count.'),
    el('div', { class: 'actions' }, button(config ? 'Change' : 'Enter one', enter, { 'aria-label': config && 'Change the workspace’s' }),
      config && button('Delete', () => deleteStorage(config, personal ? 'Who relies on its default bucket has the operator’s then.' : 'The operator’s settings count then, for everybody in the workspace.', again),
        { class: 'plain bad', 'aria-label': 'Delete the workspace’s' })));
}

async function others(configs, signal) {
  if (!configs.length) return null;
  const names = new Map((await all('/v4/people', signal, { fields: 'id,name' })).map(({ id, name }) => [id, name]));
  const name = row => names.get(row.personId) ?? `Person ${row.personId}`;
  const list = table('What others have', [
    { label: 'Person', kind: 'wide', cell: row => exact(name(row)) },
    { label: 'Used by', cell: row => PROVIDERS[row.credentialProvider] },
    { label: 'Default bucket', cell: row => (row.defaultBucket ? exact(row.defaultBucket) : el('span', { class: 'quiet' }, 'not their own')) },
    { label: 'Actions', hidden: true, kind: 'do', cell: row => button('Delete', () => deleteStorage(row, `${name(row)} can then not use base storage until they enter another one.`, again), { class: 'plain bad', 'aria-label': `Delete that of ${name(row)}` }) },
  ]);
  list.add(configs);
  return [el('h2', null, 'What others have'), list.node];
}
