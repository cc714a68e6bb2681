import { get, patch } from './api.js';
import { el } from './dom.js';
import { announce, problem } from './feedback.js';
import { checkbox, field } from './forms.js';
import { exact } from './format.js';
import { settingsHead } from './settings.js';

export const TITLE = 'Workspace';

const CONFIGURATION = '/v4/workspaces/current/configuration';
const KEY = 'aws.s3.enabled';

export async function show({ me, signal }) {
  const [workspace, { configuration }] = await Promise.all([get('/v4/workspaces/current', signal), get(CONFIGURATION, signal)]);
  const wrong = el('div');
  const enabled = checkbox({ disabled: !me.workspaceAdmin, checked: configuration.find(({ key }) => key === KEY)?.value === 'true' });
  enabled.addEventListener('change', async () => {
    wrong.replaceChildren();
    enabled.disabled = true;
    try {
      await patch(CONFIGURATION, { configuration: [{ key: KEY, value: String(enabled.checked) }] });
      announce(`S3 connectivity is ${enabled.checked ? 'on' : 'off'}.`);
    } catch (failure) {
      enabled.checked = !enabled.checked;
      wrong.replaceChildren(problem(failure));
    }
    enabled.disabled = false;
    enabled.focus();
  });
  return [
    settingsHead('workspace', me),
    el('section', { class: 'sheet' },
      el('h2', null, exact(workspace.name)),
      field(KEY, 'Enable S3 connectivity', enabled, 'Off, nobody in the workspace, and no job of theirs, gets to any S3 store, base storage included. Nothing is deleted: on again, all is as it was.'),
      wrong),
  ];
}
