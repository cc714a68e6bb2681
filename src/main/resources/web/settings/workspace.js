import { get } from '../api.js';
import './s3-switch.js';
import { forAdministrators, workspaceHead } from './tabs.js';

export const TITLE = 'Workspace';

export async function show({ me, signal }) {
  if (!me.workspaceAdmin) return forAdministrators(TITLE);
  const [workspace, { configuration }] = await Promise.all([get('/v4/workspaces/current', signal), get('/v4/workspaces/current/configuration', signal)]);
  const view = document.createElement('s3-switch');
  view.workspace = workspace;
  view.on = configuration.find(({ key }) => key === 'aws.s3.enabled')?.value === 'true';
  return [workspaceHead('', me), view];
}
