import { html, LitElement, nothing } from 'lit';
import { again } from '../dom.js';
import { busy } from '../feedback.js';
import { exact, visible } from '../format.js';
import { query } from '../uris.js';
import { changePerson, ROLES } from './person-dialog.js';
import { tokenDialog } from './token-dialog.js';

/** Who is in the workspace, and as what. */
class PeopleList extends LitElement {
  static properties = { people: { attribute: false }, wanted: { state: true }, active: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    const part = this.wanted.trim().toLowerCase();
    const found = this.people.filter(({ name, email, isDisabled }) => !(this.active && isDisabled) && `${name}\n${email}`.toLowerCase().includes(part));
    return html`
      <div class="tools"><input type="search" class="search" aria-label="Find people" placeholder="Find by name or address" autocomplete="off" .value=${this.wanted} @input=${event => this.#ask({ wanted: event.target.value })}>
        <label class="check"><input type="checkbox" .checked=${!this.active} @change=${event => this.#ask({ active: !event.target.checked })}> Show disabled</label></div>
      ${found.length ? html`<ul class="connections">${found.map(person => this.#row(person))}</ul>` : html`<div class="empty"><p>Nobody is called so.</p></div>`}`;
  }

  #row(person) {
    const own = person.id === this.me.personId;
    const roles = person.authorizationRoles.map(role => ROLES[role]?.label ?? role).join(', ');
    return html`<li class="sheet"><div class="what"><strong>${exact(person.name)}</strong>${own ? ' (you)' : nothing}${person.isDisabled ? html`<span class="badge warned">Disabled</span>` : nothing}
        <div class="quiet">${exact(person.email)} · ${roles || 'Member'}</div></div>
      <div class="actions"><button type="button" aria-label=${`Change ${visible(person.name)}`} @click=${event => busy(event.currentTarget, 'One moment…', () => changePerson(person.id, this.me, again))}>Change</button>
        ${own || person.isDisabled ? nothing : html`<button type="button" class="plain" aria-label=${`Make an access token for ${visible(person.name)}`} @click=${() => tokenDialog({ person })}>Token</button>`}</div></li>`;
  }

  #ask(changed) {
    Object.assign(this, changed);
    const asked = query({ ...(this.wanted && { find: this.wanted }), ...(this.active && { disabled: 'no' }) });
    history.replaceState(history.state, '', `#/workspace/people${asked && '?'}${asked}`);
  }
}

customElements.define('people-list', PeopleList);
