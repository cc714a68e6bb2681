import { head, linkButton } from '../dom.js';
import './dataset-list.js';

export const TITLE = 'Datasets';

// One view for all that can be asked of it, so that the field in which one types stays.
const view = document.createElement('dataset-list');
const heading = head(TITLE, linkButton('#/import', 'Import data'), linkButton('#/upload', 'Upload'));

export async function show({ query, signal }) {
  await view.go({ search: query.get('search') ?? '', sort: query.get('sort') ?? '-id' }, signal);
  return [heading, view];
}
