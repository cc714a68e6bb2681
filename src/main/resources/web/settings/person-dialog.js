import { html, LitElement, nothing } from 'lit';
import { patch, read, repeatable } from '../api.js';
import { dialog } from '../dom.js';
import { Edited } from '../edited.js';
import { announce } from '../feedback.js';
import { check, text } from '../fields.js';
import { submit } from '../forms.js';
import { exact } from '../format.js';
import { settled } from '../unsaved.js';

export const ROLES = {
  workspaceAdmin: { label: 'Administrator', hint: 'People, settings, public connections; manages everybody’s connections.' },
  dataAdmin: { label: 'Data administrator', hint: 'Imports from base storage.' },
};

const PASSWORD = 'To sign in with, here and in clients that know no tokens (Basic). At least 15 characters.';

/** Asks who is to be added to the workspace. */
export const addPerson = done => show('Add person', { done });

/** Asks what is to change about a person. What was not touched is not sent: one's own roles need an administrator. */
export async function changePerson(id, me, done) {
  show('Change person', { seen: await read(`/v4/people/${id}`), me, done });
}

async function show(title, asked) {
  const form = document.createElement('person-form');
  form.begin(asked);
  form.shown = dialog(title, form);
  await form.updateComplete;
  form.querySelector('input').focus();
}

class PersonForm extends LitElement {
  static properties = { values: { state: true }, busy: { state: true } };

  #create = repeatable();
  #edited = new Edited(this, factsOf, () => this.querySelector('form').requestSubmit());

  createRenderRoot() {
    return this;
  }

  /** @param seen the person that is to be changed, as `read` answers it; nothing for a new one */
  begin({ seen, me, done }) {
    this.person = seen?.value;
    this.own = this.person && this.person.id === me.personId;
    this.roles = !this.person || me.workspaceAdmin;
    this.done = done;
    if (seen) this.#edited.begin(`/v4/workspaces/current/people/${this.person.id}`, seen, `/v4/people/${this.person.id}`);
    this.values = { email: '', password: '', name: this.person?.name ?? '', authorizationRoles: this.person?.authorizationRoles ?? [], isDisabled: this.person?.isDisabled ?? false };
  }

  render() {
    const { person, own, values } = this;
    const set = name => value => { this.values = { ...this.values, [name]: value }; };
    const input = (name, label, more) => text(name, label, values[name], set(name), { id: `person-${name}`, ...more });
    return html`<form novalidate autocomplete="off" @submit=${this.#save}>
      ${person ? html`<p class="quiet">${exact(person.email)}</p>` : input('email', 'E-mail address', { required: true, maxlength: 320, inputmode: 'email' })}
      ${input('name', 'Name', { required: true, maxlength: 255 })}
      ${this.roles ? html`<fieldset data-field="authorizationRoles"><legend>Roles</legend>${Object.entries(ROLES).map(([role, { label, hint }]) => check(role, label, values.authorizationRoles.includes(role), on => this.#give(role, on), { hint }))}</fieldset>` : nothing}
      ${input('password', 'Password', { type: 'password', maxlength: 256, hint: `${PASSWORD} ${person ? 'Kept as it is if left empty.' : 'Without one, make them an access token.'}` })}
      ${person && !own ? check('isDisabled', 'Disabled', values.isDisabled, set('isDisabled'), { hint: 'Tokens and the password are refused at once, and good again when this is taken back; sessions end. Jobs that run go on.' }) : nothing}
      <div class="problems"></div>${this.#edited.meanwhile}
      <div class="actions"><button type="button" @click=${() => this.shown.close()}>Cancel</button>
        <button type="submit" class="main" ?disabled=${this.busy}>${person ? 'Save' : 'Add'}</button></div></form>`;
  }

  #give(role, on) {
    const others = this.values.authorizationRoles.filter(one => one !== role);
    this.values = { ...this.values, authorizationRoles: on ? [...others, role] : others };
  }

  #save(event) {
    submit(event, this, async form => {
      const { person, own, values } = this;
      const name = values.name.trim();
      const password = values.password && { password: values.password };
      if (person) await this.#edited.send(patch, { ...this.#changed(name), ...password });
      else await this.#create('/v4/people', { email: values.email.trim(), name, authorizationRoles: values.authorizationRoles, ...password });
      if (this.#edited.now) return;
      settled(form);
      this.shown.close();
      announce(person ? 'Saved ' : 'Added ', exact(name), '.');
      if (own) location.reload();
      else this.done();
    });
  }

  #changed(name) {
    const { person, values: { authorizationRoles, isDisabled } } = this;
    const same = authorizationRoles.length === person.authorizationRoles.length && authorizationRoles.every(role => person.authorizationRoles.includes(role));
    return {
      ...(name !== person.name && { name }),
      ...(!same && { authorizationRoles }),
      ...(isDisabled !== person.isDisabled && { isDisabled }),
    };
  }
}

const factsOf = ({ name, authorizationRoles, isDisabled }) => [
  ['Name', name],
  ['Roles', authorizationRoles.map(role => ROLES[role]?.label ?? role).join(', ')],
  ['Disabled', isDisabled ? 'yes' : 'no'],
];

customElements.define('person-form', PersonForm);
