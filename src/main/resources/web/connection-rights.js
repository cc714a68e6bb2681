import { all } from './api.js';

/**
 * What the caller may do with a connection.
 *
 * @param tag `connection_viewer` or `connection_editor` where it is shared with them
 */
export function rightsOf(connection, me, tag) {
  const owns = connection.creator.id === me.personId;
  const manages = owns || me.workspaceAdmin;
  return {
    owns,
    tag,
    edit: manages || tag === 'connection_editor',
    remove: manages,
    publish: me.workspaceAdmin,
    use: owns || connection.isGlobal || Boolean(tag), // administrators manage also what they may not use
  };
}

/** The same for all connections: only the list's filters tell as what one has them. */
export async function rights(me, signal) {
  const [editors, viewers] = await Promise.all(['editor', 'viewer'].map(sharedRole => all('/v4/connections', signal, { sharedRole })));
  const tags = new Map([...viewers.map(({ id }) => [id, 'connection_viewer']), ...editors.map(({ id }) => [id, 'connection_editor'])]);
  return connection => rightsOf(connection, me, tags.get(connection.id));
}
