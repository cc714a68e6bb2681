import { get, patch, post, Problem, repeatable } from './api.js';
import { at, drawn, isCredential, put } from './connection-fields.js';
import { testPanel } from './connection-test.js';
import { el, head, linkButton } from './dom.js';
import { announce } from './feedback.js';
import { attempt, form } from './forms.js';
import { exact } from './format.js';
import { query } from './uris.js';

export const TITLE = 'Connection';

const FIXED = { vendor: 'aws', vendorName: 'aws', type: 'remotefile' };
const CREDENTIAL = ['credentialType', ...['iamRoleArn', 'externalId', 'key', 'secret'].map(part => `credentials[0].${part}`)];
const GROUPS = [
  ['What it is called', ['name', 'description']],
  ['Key pair', CREDENTIAL],
  ['Where', ['bucket', 'params.region', 'params.endpoint']],
  ['When writing', ['credentials[0].serverSideEncryption', 'credentials[0].serverSideKmsKeyId']],
];
// With whom a saved connection is shared, and how, is asked where it is shared.
const SHARING = ['isGlobal', 'credentialsShared'];

const group = (legend, ...content) => el('fieldset', null, el('legend', null, legend), ...content.filter(Boolean));

/** Asks for a new connection, or what to change in the one that `id` names. */
export async function show({ id, me, signal }) {
  const [{ connectionMetadata: kind }, saved] = await Promise.all([
    get('/v4/connectorMetadata/aws', signal),
    id && get(`/v4/connections/${id}`, signal),
  ]);
  const fields = drawn(kind.connectionParameters.filter(({ name }) => offered(name, saved, me)), {
    credentialType: saved?.credentialType,
    credentialTypes: kind.credentialTypes,
    pair: saved && (saved.hasCredentials ? 'kept' : 'none'),
  });
  if (saved) for (const [name, field] of fields) if (!isCredential(name)) field.write(at(saved, name));
  const before = new Map([...fields].map(([name, field]) => [name, field.read()]));
  const changed = () => [...fields].filter(([name, field]) => field.read() !== before.get(name));
  const create = repeatable();

  const panel = testPanel({
    now: name => fields.get(name)?.read(),
    ask: asked => attempt(node, () => tryOut(asked)),
    remark: () => saved && !saved.policyTag && 'It is private to others: tried is what you enter here, the key pair included.',
    change(name, value) {
      fields.get(name).write(value);
      fields.get(name).input.dispatchEvent(new Event('change'));
      setTimeout(panel.test);
    },
  });

  /** What would be saved; what an administrator manages and may not use is tried as a new one would be. */
  async function tryOut(asked) {
    if (saved?.policyTag) return post(`/v4/connections/${saved.id}/dryRun?${query(asked)}`, merge(changed()));
    const body = filled([...fields].filter(([name]) => !SHARING.includes(name)));
    if (saved && !body.credentials?.[0].key) throw new Problem(0, 'credentials[0].key is missing: the stored key pair is for those only who have the connection');
    return post(`/v4/connections/dryRun?${query(asked)}`, { ...body, name: body.name ?? 'Not saved yet' });
  }

  const node = form(async () => {
    const answer = saved
      ? changed().length && await patch(`/v4/connections/${saved.id}`, merge(changed()))
      : await create('/v4/connections', filled([...fields]));
    const region = fields.get('params.region').read() ?? 'us-east-1';
    for (const [name, field] of fields) if (isCredential(name)) field.write(null);
    if (!saved || answer) announce('Saved ', exact(fields.get('name').read()), '.');
    window.location.hash = answer ? `/connections/${answer.id}?${query({ test: 'yes', region })}` : saved ? `/connections/${saved.id}` : '/connections';
  }, [...groups(fields, saved), group('Try it', panel.node)], [
    el('button', { type: 'submit', class: 'main' }, 'Save'),
    linkButton(saved ? `#/connections/${saved.id}` : '#/connections', 'Cancel'),
  ]);
  node.addEventListener('input', event => panel.node.contains(event.target) || panel.forget());
  return [
    head(saved ? ['Change ', exact(saved.name)] : 'New connection'),
    el('p', { class: 'lead quiet' }, kind.displayName, saved && '. The kind cannot be changed; for another one, delete the connection and make a new one.'),
    node,
  ];
}

const offered = (name, saved, me) => !SHARING.includes(name) || !saved && (name !== 'isGlobal' || me.workspaceAdmin);

function groups(fields, saved) {
  const nodes = names => names.map(name => fields.get(name)?.node).filter(Boolean);
  const grouped = GROUPS.flatMap(([, names]) => names);
  return [
    ...GROUPS.map(([legend, names]) => (names === CREDENTIAL
      ? group(byRole(fields) ? 'Credentials' : legend, saved && el('p', { class: 'hint' }, whose(saved)), ...nodes(names))
      : group(legend, ...nodes(names)))),
    el('details', { class: 'more-settings' }, el('summary', null, 'More settings'), ...nodes([...fields.keys()].filter(name => !grouped.includes(name)))),
  ];
}

/** Whether a role is meant, or may be chosen. */
const byRole = fields => fields.get('credentialType').input || fields.get('credentialType').read() === 'iamRoleArn';

function whose(saved) {
  const role = saved.credentialType === 'iamRoleArn';
  const stays = `What is left empty stays as it is; another access key needs its secret as well${role ? ', and another role its external ID' : ''}.`;
  if (saved.credentialsShared) return `Everybody who has this connection works with ${role ? 'this role' : 'this key pair'}. ${stays}`;
  return saved.hasCredentials ? `Your own key pair; others have theirs. ${stays}` : 'Everybody has a key pair of their own here, and you have none yet.';
}

/** A whole connection: what a person left empty is not sent. */
function filled(fields) {
  const body = { ...FIXED, params: {} };
  for (const [, field] of fields) if (field.read() !== null) put(body, field.name, field.read());
  return body;
}

/** A merge patch: what was emptied is removed. A key pair that is not entered stays. */
function merge(changed) {
  return changed.reduce((body, [, field]) => put(body, field.name, field.read()), {});
}
