import { get, patch } from './api.js';
import { ask, el } from './dom.js';
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
  const turn = async on => {
    wrong.replaceChildren();
    enabled.disabled = true;
    try {
      await patch(CONFIGURATION, { configuration: [{ key: KEY, value: String(on) }] });
      enabled.checked = on;
      announce(`S3 connectivity is ${on ? 'on' : 'off'}.`);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
    }
    enabled.disabled = false;
    enabled.focus();
  };
  enabled.addEventListener('change', () => {
    const on = enabled.checked;
    enabled.checked = !on; // until it is so
    if (on) turn(on);
    else askBeforeOff(workspace, () => turn(false));
  });
  return [
    settingsHead('workspace', me),
    el('section', { class: 'sheet' },
      el('h2', null, exact(workspace.name)),
      field(KEY, 'Enable S3 connectivity', enabled, 'Off, nobody in the workspace, and no job of theirs, gets to any S3 store, base storage included. Nothing is deleted: on again, all is as it was.'),
      wrong),
  ];
}

/** It stops everybody's work, so that one click is not enough. */
function askBeforeOff(workspace, off) {
  ask('Turn S3 off for everybody?', [
    ['From now on nobody in ', el('strong', null, exact(workspace.name)), ' can browse, import, upload or run anything, base storage included, and jobs that have not ended fail when they next need a store.'],
    'Nothing is deleted. You can turn it on again here at any time.',
  ], { keep: 'Keep it on', label: 'Turn off for everybody', act: off });
}
