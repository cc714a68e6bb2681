import { html, nothing, render } from 'lit';
import { all } from '../api.js';
import { again, el } from '../dom.js';
import { exact, visible } from '../format.js';
import { deleteStorage, enterStorage } from './storage-dialog.js';
import { facts, PROVIDERS, storageMode } from './storage-facts.js';
import { forAdministrators, workspaceHead } from './tabs.js';

export const TITLE = 'Base storage';

/** With what base storage is used in the workspace. */
export async function show({ me, signal }) {
  if (!me.workspaceAdmin) return forAdministrators(TITLE);
  const [mode, configs, people] = await Promise.all([storageMode(me, signal), all('/v4/awsConfigs', signal), all('/v4/people', signal, { fields: 'id,name' })]);
  const names = new Map(people.map(({ id, name }) => [id, name]));
  const others = mode.personal ? configs.filter(({ personId }) => personId && personId !== me.personId) : [];
  const view = el('div');
  render(html`${workspaces(configs.find(({ workspaceId }) => workspaceId), mode, me)}${others.length ? theirs(others, id => names.get(id) ?? `Person ${id}`) : nothing}
    <p class="aside">What counts for you, and your own folders in it, are in <a href="#/profile">your profile</a>.</p>`, view);
  return [workspaceHead('/storage', me), view];
}

function workspaces(config, { personal, roles }, me) {
  const enter = () => enterStorage({ id: config?.id, holder: { workspaceId: me.workspaceId }, title: 'The workspace’s base storage', roles }, again);
  const remove = () => deleteStorage(config, personal ? 'Who relies on its default bucket has the operator’s then.' : 'The operator’s settings count then, for everybody in the workspace.', again);
  return html`<section class="sheet"><h2>The workspace’s</h2>
    ${personal ? html`<p class="hint">Its key pair counts for nobody here; its default bucket does, for those who have entered none.</p>` : nothing}
    ${config ? facts(config) : html`<p class="quiet">None was entered${personal ? '.' : ', so that the operator’s settings count.'}</p>`}
    <div class="actions"><button type="button" aria-label=${config ? 'Change the workspace’s' : nothing} @click=${enter}>${config ? 'Change' : 'Enter one'}</button>
      ${config ? html`<button type="button" class="plain bad" aria-label="Delete the workspace’s" @click=${remove}>Delete</button>` : nothing}</div></section>`;
}

function theirs(configs, name) {
  return html`<section class="sheet"><h2>What others have</h2><ul class="rows">${configs.map(row => html`<li>
    <div class="what"><strong>${exact(name(row.personId))}</strong><div class="quiet">${PROVIDERS[row.credentialProvider]} · ${row.defaultBucket ? exact(row.defaultBucket) : 'no bucket of their own'}</div></div>
    <button type="button" class="plain bad" aria-label=${`Delete that of ${visible(name(row.personId))}`} @click=${() => deleteStorage(row, `${name(row.personId)} can then not use base storage until they enter another one.`, again)}>Delete</button></li>`)}</ul></section>`;
}
