import { all, get } from './api.js';
import { el, head, linkButton } from './dom.js';
import './import/import-view.js';
import { entrance, importFrom } from './uris.js';

export const TITLE = 'Import data';

// One view for all places: what is in the basket, and where somebody is in a list, stays while they move about.
const heading = head(TITLE);
const view = document.createElement('import-view');

let connections;
let storage; // base storage, and where in it the caller's uploads are; null where there is none

export { KEYS } from './import/import-view.js';

export async function show({ query, me, signal }) {
  const own = get('/v4/people/current/baseStorageConfigs', signal).then(({ s3 }) => (s3.baseURL ? { ...s3, uploads: `${s3.baseURL}${s3.uploadDir}/${me.workspaceId}/${me.personId}/` } : null), () => null).then(found => { storage = found; });
  const known = Promise.all([all('/v4/connections', signal).then(rows => { connections = rows; }), own]);
  if (!connections || !query.has('uri')) await known;
  else known.then(() => { Object.assign(view, { connections, storage }); view.requestUpdate(); }, () => {}); // what was known before will do meanwhile
  if (!query.has('uri') && !connections.length && !me.roles.includes('dataAdmin')) return [heading, nothingYet()];
  view.go({
    uri: query.get('uri'),
    hidden: query.get('hidden') === 'yes',
    allBuckets: query.get('buckets') === 'all',
    begins: query.get('begins') ?? '',
    filter: query.get('filter') ?? '',
    search: query.get('search') ?? '',
  }, { connections, storage, me });
  return [heading, view];
}

const nothingYet = () => el('div', { class: 'empty' },
  el('p', null, 'You have no connection yet. Create one with the key pair of a store, ask somebody to share one with you, or upload files of your own.'),
  el('div', { class: 'actions' }, linkButton('#/connections/new', 'Create Connection', 'main'), linkButton('#/upload', 'Upload files'),
    storage && [linkButton(entrance(null), 'Base storage'), linkButton(importFrom({ uri: storage.uploads }), 'Your uploads')]));
