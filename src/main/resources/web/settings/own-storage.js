import { html, LitElement, nothing } from 'lit';
import { get } from '../api.js';
import { again } from '../dom.js';
import { deleteStorage, enterStorage } from './storage-dialog.js';
import { facts, storageMode } from './storage-facts.js';

/** With what the caller uses base storage, and in user mode the way to a key pair of their own. */
class OwnStorage extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Fetches it, before it is shown. */
  async begin(me, signal) {
    const [mode, current] = await Promise.all([storageMode(me, signal), get('/v4/awsConfigs/current', signal).catch(none)]);
    Object.assign(this, { me, ...mode, current });
    return this;
  }

  render() {
    const { current, personal, me } = this;
    return html`<p class="quiet">Keeps uploads, and results where a job names no other place. ${personal ? 'Here everybody uses it with a key pair of their own.' : 'All use it with the same key pair or role.'}</p>
      ${current ? facts(current, this.#whose()) : html`<p class="warning">${personal
        ? 'You have no key pair for base storage, so that you can neither upload nor look into it.'
        : 'There is no base storage: an operator sets one up, or an administrator one for the workspace.'}</p>`}
      ${personal ? this.#actions() : nothing}
      ${me.workspaceAdmin ? html`<p><a href="#/workspace/storage">Base storage of the workspace</a></p>` : nothing}`;
  }

  #whose() {
    const { id, personId } = this.current;
    if (!id) return 'The operator’s settings';
    if (!personId) return 'The workspace’s';
    return personId === this.me.personId ? 'Your own' : `Person ${personId}’s`;
  }

  #actions() {
    const { current: own, roles } = this;
    const enter = () => enterStorage({ id: own?.id, holder: {}, title: 'My base storage', roles }, again);
    const remove = () => deleteStorage(own, 'You can then neither upload nor look into base storage until you enter another one.', again);
    return html`<div class="actions"><button type="button" class=${own ? '' : 'main'} @click=${enter}>${own ? 'Change mine' : 'Enter my key pair'}</button>
      ${own ? html`<button type="button" class="plain bad" @click=${remove}>Delete mine</button>` : nothing}</div>`;
  }
}

function none(failure) {
  if (failure.status !== 404) throw failure;
  return null;
}

customElements.define('own-storage', OwnStorage);
