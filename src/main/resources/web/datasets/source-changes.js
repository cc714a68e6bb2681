import { html, nothing } from 'lit';
import { get, repeatable } from '../api.js';
import { again } from '../dom.js';
import { announce, problem } from '../feedback.js';
import { count, exact, size } from '../format.js';
import { Loaded } from '../loaded.js';
import { unsaved } from '../unsaved.js';
import { farWords, looked, stop } from './looking.js';

const KINDS = [['new', 'new'], ['changed', 'changed'], ['gone', 'gone']];

/** What a refresh would change, and the refresh. */
class SourceChanges extends Loaded {
  static properties = { refused: { state: true }, far: { state: true }, refreshing: { state: true } };
  static waits = 'Looking through the source. Many files take a while.';

  #post = repeatable();

  fetch(signal) {
    return get(`/v4/importedDatasets/${this.imported.id}/changes`, signal);
  }

  content(changes) {
    const found = KINDS.filter(([kind]) => changes[kind].count);
    return html`
      ${found.length ? nothing : html`<p>Nothing: all ${count(changes.unchanged.count, 'file is', 'files are')} as ${changes.unchanged.count === 1 ? 'it was' : 'they were'} imported. To check the structure of the files anew, refresh all the same.</p>`}
      ${found.map(([kind, label]) => html`<details ?open=${found.length === 1}><summary>${count(changes[kind].count, 'file', 'files')} ${label}, ${size(changes[kind].size)}</summary>
        <ul class="left-out">${changes[kind].data.map(({ key }) => html`<li>${exact(key)}</li>`)}</ul>
        ${changes[kind].count > changes[kind].data.length ? html`<p class="quiet">The first ${changes[kind].data.length} are named here.</p>` : nothing}</details>`)}
      <p class="quiet">A refresh makes what is there now the dataset’s files. Jobs under way read what they began with.</p>
      ${this.refused ? problem(this.refused) : nothing}
      ${this.far ? html`<p class="quiet" role="status">${farWords(this.far)}</p>` : nothing}`;
  }

  render() {
    return html`${super.render()}<div class="actions">
      ${this.refreshing ? html`<button type="button" ?disabled=${!this.far} @click=${() => stop(this.far)}>Cancel</button>` : html`<button type="button" @click=${() => this.close()}>Close</button>`}
      ${this.data ? html`<button type="button" class="main" ?disabled=${this.refreshing} @click=${this.#refresh}>${this.refreshing ? 'Refreshing…' : 'Refresh'}</button>` : nothing}</div>`;
  }

  async #refresh() {
    Object.assign(this, { refreshing: true, refused: null });
    try {
      const begun = await this.#post(`/v4/importedDatasets/${this.imported.id}/refresh`, {}, { prefer: 'respond-async' });
      if (await looked(begun, far => { this.far = far; })) {
        this.close();
        const typed = unsaved();
        announce('Refreshed ', exact(this.imported.name), typed ? '. What you have typed is still here, and not saved.' : '.');
        if (!typed) again();
      }
    } catch (failure) {
      this.refused = failure;
    }
    Object.assign(this, { refreshing: false, far: null });
  }
}

customElements.define('source-changes', SourceChanges);
