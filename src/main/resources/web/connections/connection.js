import { all, get, patch } from '../api.js';
import { again, button, head, linkButton } from '../dom.js';
import { announce } from '../feedback.js';
import { exact } from '../format.js';
import { entrance } from '../uris.js';
import './connection-view.js';
import { deleteDialog } from './delete-dialog.js';
import { keyPairDialog } from './key-pair-dialog.js';
import { rightsOf } from './rights.js';
import { shareDialog } from './share-dialog.js';

export const TITLE = 'Connection';

/** One connection: what it is, whose it is, whether it works, and who used it. */
export async function show({ id, query, me, signal }) {
  const [connection, { data: shares }, people] = await Promise.all([
    get(`/v4/connections/${id}`, signal),
    get(`/v4/connections/${id}/permissions`, signal),
    all('/v4/people', signal),
  ]);
  const may = rightsOf(connection, me);
  const events = may.audit ? (await get(`/v4/auditEvents?connectionId=${id}&limit=8`, signal)).data : [];
  const view = document.createElement('connection-view');
  Object.assign(view, { connection, shares, people, may, events, asked: query.get('region') });
  view.enterKeyPair = () => keyPairDialog(connection, again);
  view.change = may.edit && (async (name, value) => {
    await patch(`/v4/connections/${id}`, { params: { [name.slice('params.'.length)]: value } });
    announce('Saved ', exact(connection.name), '.');
    again();
  });
  if (query.has('region')) history.replaceState(history.state, '', `#/connections/${id}`); // once
  return [head(exact(connection.name), ...actions(connection, may, { me, shares, people })), view];
}

function actions(connection, may, { me, shares, people }) {
  const own = !connection.credentialsShared;
  const rotates = connection.hasCredentials && (own ? may.use : may.edit && may.use);
  return [
    may.use && connection.hasCredentials && linkButton(entrance(connection.id), 'Browse', 'main'),
    may.edit && linkButton(`#/connections/${connection.id}/edit`, 'Edit'),
    rotates && button(own ? 'Change my key pair' : 'Rotate key pair', () => keyPairDialog(connection, again)),
    (may.use || may.edit) && button('Share', () => shareDialog({ connection, may, me, shares, people }, again)),
    may.remove && button('Delete', () => deleteDialog(connection), { class: 'plain bad' }),
  ].filter(Boolean);
}
