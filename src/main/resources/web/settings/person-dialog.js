import { nothing, render } from 'lit';
import { patch, read, repeatable } from '../api.js';
import { button, dialog, el } from '../dom.js';
import { Edited } from '../edited.js';
import { announce } from '../feedback.js';
import { checkbox, field, form, secret, text } from '../forms.js';
import { exact } from '../format.js';

export const ROLES = {
  workspaceAdmin: { label: 'Administrator', hint: 'People, settings, public connections; manages everybody’s connections.' },
  dataAdmin: { label: 'Data administrator', hint: 'Imports from base storage.' },
};

const PASSWORD = 'To sign in with, here and in clients that know no tokens (Basic). At least 15 characters.';

/** Asks who is to be added to the workspace. */
export function addPerson(done) {
  const input = inputs({ name: '', authorizationRoles: [] });
  const email = text({ required: true, maxlength: 320, inputmode: 'email', autocapitalize: 'off', autofocus: true });
  const send = repeatable();
  ask('Add person', 'Add', [field('email', 'E-mail address', email)], input, `${PASSWORD} Without one, make them an access token.`, async () => {
    await send('/v4/people', {
      email: email.value.trim(),
      name: input.name.value.trim(),
      authorizationRoles: chosen(input),
      ...(input.password.value && { password: input.password.value }),
    });
    return 'Added ';
  }, done);
}

/** Asks what is to change about a person. What was not touched is not sent: one's own roles need an administrator. */
export async function changePerson(id, me, done) {
  const path = `/v4/people/${id}`;
  const seen = await read(path);
  const person = seen.value;
  const meanwhile = el('div');
  const edited = new Edited({ requestUpdate: () => render(edited.meanwhile, meanwhile) }, factsOf, () => meanwhile.closest('form').requestSubmit());
  edited.begin(`/v4/workspaces/current/people/${id}`, seen, path);
  const input = inputs(person);
  const disabled = checkbox({ checked: person.isDisabled });
  const own = person.id === me.personId;
  const access = !own && field('isDisabled', 'Disabled', disabled, 'Tokens and the password are refused at once, and good again when this is taken back; sessions end. Jobs that run go on.');
  ask('Change person', 'Save', [el('p', { class: 'quiet' }, exact(person.email))], input, `${PASSWORD} Kept as it is if left empty.`, async () => {
    const roles = chosen(input);
    const same = roles.length === person.authorizationRoles.length && roles.every(role => person.authorizationRoles.includes(role));
    render(nothing, meanwhile);
    await edited.send(patch, {
      ...(input.name.value.trim() !== person.name && { name: input.name.value.trim() }),
      ...(!same && { authorizationRoles: roles }),
      ...(disabled.checked !== person.isDisabled && { isDisabled: disabled.checked }),
      ...(input.password.value && { password: input.password.value }),
    });
    return edited.now ? null : 'Saved ';
  }, own ? () => location.reload() : done, [access, meanwhile], me.workspaceAdmin);
}

const factsOf = ({ name, authorizationRoles, isDisabled }) => [
  ['Name', name],
  ['Roles', authorizationRoles.map(role => ROLES[role]?.label ?? role).join(', ')],
  ['Disabled', isDisabled ? 'yes' : 'no'],
];

function inputs(person) {
  const name = text({ required: true, maxlength: 255 });
  name.value = person.name;
  const roles = new Map(Object.keys(ROLES).map(role => [role, checkbox({ checked: person.authorizationRoles.includes(role) })]));
  return { name, roles, password: secret({ maxlength: 256 }) };
}

const chosen = ({ roles }) => [...roles].filter(([, box]) => box.checked).map(([role]) => role);

function ask(title, label, first, input, passwordHint, send, done, last = [], admin = true) {
  const roles = admin && el('fieldset', { 'data-field': 'authorizationRoles' }, el('legend', null, 'Roles'),
    [...input.roles].map(([role, box]) => field(role, ROLES[role].label, box, ROLES[role].hint)));
  const content = form(async () => {
    const deed = await send();
    if (!deed) return false;
    input.password.value = '';
    asked.close();
    announce(deed, exact(input.name.value.trim()), '.');
    done();
    return true;
  }, [
    ...first,
    field('name', 'Name', input.name),
    roles,
    field('password', 'Password', input.password, passwordHint),
    ...last,
  ].filter(Boolean), [button('Cancel', () => asked.close()), el('button', { type: 'submit', class: 'main' }, label)]);
  const asked = dialog(title, content);
}
