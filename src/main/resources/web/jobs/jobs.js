import { head, linkButton } from '../dom.js';
import './job-list.js';

export const TITLE = 'Jobs';

// One view for all filters, so that the field in which one types stays.
const view = document.createElement('job-list');
const heading = head(TITLE, linkButton('#/datasets', 'Run a dataset'));

export async function show({ query, me, signal }) {
  const [search, status, from, by] = ['search', 'status', 'from', 'by'].map(name => query.get(name) ?? '');
  await view.go({ search, status, from, by }, me, signal);
  return [heading, view];
}
