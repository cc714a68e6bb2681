import { all, get } from '../api.js';
import { head, linkButton } from '../dom.js';
import './connection-list.js';

export const TITLE = 'Connections';

export async function show({ query, me, signal }) {
  const [connections, { configuration }] = await Promise.all([
    all('/v4/connections', signal, { embed: 'creator' }),
    get('/v4/workspaces/current/configuration', signal),
  ]);
  const list = document.createElement('connection-list');
  list.me = me;
  list.connections = connections;
  list.off = configuration.some(({ key, value }) => key === 'aws.s3.enabled' && value === 'false');
  list.kind = query.get('show') ?? 'all';
  list.wanted = query.get('find') ?? '';
  return [head(TITLE, linkButton('#/connections/new', 'Create Connection', 'main')), list];
}
