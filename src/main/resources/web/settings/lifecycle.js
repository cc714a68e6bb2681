import { forAdministrators, workspaceHead } from './tabs.js';
import './storage-lifecycle.js';

export const TITLE = 'What accumulates';

/** What has come together in base storage, and the rules that would purge it. */
export function show({ query, me, signal }) {
  if (!me.workspaceAdmin) return forAdministrators(TITLE);
  const view = document.createElement('storage-lifecycle');
  view.begin(query, signal);
  return [workspaceHead('/lifecycle', me), view];
}
