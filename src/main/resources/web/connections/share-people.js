import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { del, get, post } from '../api.js';
import { count, exact, visible } from '../format.js';
import { settled } from '../unsaved.js';
import { people as invited } from './invited.js';

const ROLES = { connection_viewer: 'Viewer', connection_editor: 'Editor' };
const PROPOSED = 200;

/** Who has a connection: viewers look; editors change and take back; everybody may give up their own. */
class SharePeople extends LitElement {
  static properties = { shares: { attribute: false }, typed: { state: true }, wrong: { state: true }, failure: { state: true }, busy: { state: true } };

  createRenderRoot() {
    return this;
  }

  get #path() {
    return `/v4/connections/${this.connection.id}/permissions`;
  }

  render() {
    const owner = this.people.find(({ id }) => id === this.connection.creator.id);
    return html`${this.#form(owner)}
      <ul class="rows" aria-label="People who have it">${owner ? html`<li>${this.#who(owner)}<span class="quiet">Owner</span></li>` : nothing}${this.shares.map(row => this.#row(row))}</ul>
      ${this.failure ? html`<div class="problem" role="alert"><p>${exact(this.failure)}</p></div>` : nothing}`;
  }

  #form(owner) {
    // The browser completes the whole input, so what is proposed begins with those who stand in it already.
    const before = (this.typed ?? '').slice(0, (this.typed ?? '').lastIndexOf(',') + 1);
    const open = this.people.filter(person => person !== owner && !person.isDisabled && !this.shares.some(({ id }) => id === person.id));
    return html`<form novalidate autocomplete="off" @submit=${this.#invite}>
      <div class="field" data-field="people"><label for="share-people">Add people</label>
        <input id="share-people" type="text" list="share-proposed" autocapitalize="off" autocomplete="off" spellcheck="false" placeholder="ann@example.com, bob@example.com" aria-describedby="share-people-hint share-people-wrong" aria-invalid=${this.wrong ? 'true' : nothing} @input=${event => { this.typed = event.target.value; }}>
        <datalist id="share-proposed">${open.slice(0, PROPOSED).map(({ email, name }) => html`<option value=${`${before}${before && ' '}${email}`}>${name}</option>`)}</datalist>
        <p class="hint" id="share-people-hint">E-mail addresses or names, with commas between them.</p><p class="wrong" id="share-people-wrong" role=${this.wrong ? 'alert' : nothing}>${this.wrong ? exact(this.wrong) : nothing}</p></div>
      <div class="field"><label for="share-role">As</label>
        <select id="share-role" aria-describedby="share-role-hint">${Object.entries(ROLES).filter(([role]) => this.may.edit || role === 'connection_viewer').map(([role, label]) => html`<option value=${role}>${label}</option>`)}</select>
        <p class="hint" id="share-role-hint">Viewers use it${this.may.edit ? '; editors may change it as well, but lead it to another server only with a key pair that they enter anew' : ''}.</p></div>
      <div class="actions"><button type="submit" class="main" ?disabled=${this.busy}>Share</button></div></form>`;
  }

  #who({ id, name, email }) {
    return html`<div class="what">${exact(name)}${id === this.me.personId ? ' (you)' : nothing}<div class="quiet">${exact(email)}</div></div>`;
  }

  #row(row) {
    const mine = row.id === this.me.personId;
    const name = visible(row.name);
    return html`<li>${this.#who(row)}<div class="actions">
      ${this.may.edit && !mine ? html`<select aria-label=${`Role of ${name}`} .value=${live(row.policyTag)} ?disabled=${this.busy} @change=${event => this.#change(row, event.target.value)}>${Object.entries(ROLES).map(([role, label]) => html`<option value=${role} ?selected=${role === row.policyTag}>${label}</option>`)}</select>` : html`<span class="quiet">${ROLES[row.policyTag]}</span>`}
      ${this.may.edit || mine ? html`<button type="button" class="plain" ?disabled=${this.busy} aria-label=${mine ? 'Leave the connection' : `Remove ${name}`} @click=${() => this.#change(row, null)}>${mine ? 'Leave' : 'Remove'}</button>` : nothing}</div></li>`;
  }

  async #invite(event) {
    event.preventDefault();
    const form = event.target;
    const input = form.querySelector('input');
    await this.#attempt(async () => {
      const ids = invited(input.value, this.people);
      const policyTag = form.querySelector('select').value;
      await post(this.#path, { data: ids.map(id => ({ person: { id }, policyTag })) });
      input.value = this.typed = '';
      settled(form);
      this.#tell(`Shared with ${count(ids.length, 'person', 'people')}.`);
    });
    input.focus();
  }

  /** A share never takes away, so that who becomes less is taken it from first. */
  async #change(row, role) {
    await this.#attempt(async () => {
      if (role && !(await get(this.#path)).data.some(({ id }) => id === row.id)) {
        throw new Error(`${row.name} no longer has it: somebody took it back meanwhile. Share it again if that is meant.`);
      }
      if (role !== 'connection_editor') await del(`${this.#path}/${row.id}`);
      if (role) await post(this.#path, { data: [{ person: { id: row.id }, policyTag: role }] });
      this.#tell(role ? `${row.name} is ${ROLES[role].toLowerCase()} now.` : `${row.name} no longer has it.`);
      if (row.id === this.me.personId) this.dispatchEvent(new Event('left'));
    });
    if (!role) this.querySelector('input')?.focus();
  }

  async #attempt(work) {
    this.wrong = this.failure = null;
    this.busy = true;
    try {
      await work();
    } catch (failure) {
      const about = /^people: (.*)$/s.exec(failure.message)?.[1];
      if (about) this.wrong = about;
      else this.failure = failure.message;
    }
    const seen = await get(this.#path).catch(() => null); // of two steps the first may have been done
    this.shares = seen?.data ?? this.shares;
    this.busy = false;
    await this.updateComplete;
  }

  #tell(text) {
    this.dispatchEvent(new CustomEvent('told', { detail: text }));
  }
}

customElements.define('share-people', SharePeople);
