import { all } from './api.js';
import { head } from './dom.js';
import './import/import-view.js';

export const TITLE = 'Import data';

// One view for all places: what is in the basket, and where somebody is in a list, stays while they move about.
const heading = head(TITLE);
const view = document.createElement('import-view');

let connections;

export { KEYS } from './import/import-view.js';

export async function show({ query, me, signal }) {
  const known = all('/v4/connections', signal).then(rows => { connections = rows; });
  if (!connections || !query.has('uri')) await known;
  else known.then(() => { view.connections = connections; view.requestUpdate(); }, () => {}); // what was known before will do meanwhile
  view.go({
    uri: query.get('uri'),
    hidden: query.get('hidden') === 'yes',
    allBuckets: query.get('buckets') === 'all',
    begins: query.get('begins') ?? '',
    filter: query.get('filter') ?? '',
    search: query.get('search') ?? '',
  }, connections, me);
  return [heading, view];
}
