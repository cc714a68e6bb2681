import { post } from '../api.js';
import { button, dialog, el } from '../dom.js';
import { copy } from '../feedback.js';
import { field, form, select, text } from '../forms.js';
import { exact, time } from '../format.js';

const DAY = 24 * 60 * 60;
const LIFETIMES = [[DAY, '1 day'], [7 * DAY, '7 days'], [30 * DAY, '30 days'], [90 * DAY, '90 days'], [365 * DAY, '1 year'], [-1, 'Never ends']];

/**
 * Makes an access token and shows it once.
 *
 * @param person whose it becomes; the caller's own without one
 */
export function tokenDialog({ person, done = () => {} }) {
  const description = text({ maxlength: 255, placeholder: 'nightly import', autofocus: true });
  const lifetime = select(LIFETIMES.map(([seconds, label]) => [String(seconds), label]));
  lifetime.value = String(90 * DAY);
  const content = form(async () => {
    const made = await post('/v4/apiAccessTokens', {
      lifetimeSeconds: Number(lifetime.value),
      ...(description.value.trim() && { description: description.value.trim() }),
      ...(person && { personId: person.id }),
    });
    content.replaceWith(shown(made, asked, person));
    asked.querySelector('button').focus();
    asked.addEventListener('close', done);
  }, [
    person && el('p', { class: 'quiet' }, 'For ', exact(person.name), ', who can sign in with it.'),
    field('description', 'What it is for', description),
    field('lifetimeSeconds', 'Ends after', lifetime),
  ].filter(Boolean), [button('Cancel', () => asked.close()), el('button', { type: 'submit', class: 'main' }, 'Make token')]);
  const asked = dialog('New access token', content);
}

/** The only time that the value is seen: it goes with the dialog. */
function shown({ tokenValue, tokenInfo }, asked, person) {
  const said = el('p', { class: 'note', role: 'status' });
  return el('div', null,
    el('p', null, person ? ['Hand it to ', exact(person.name), ' in a safe way. '] : 'Copy it now. ', 'It is not shown again, and Wharf does not keep it.'),
    el('div', { class: 'token' }, el('code', { tabindex: '0', 'aria-label': 'Access token' }, tokenValue),
      copy(tokenValue, 'token', () => { said.textContent = 'Copied.'; })),
    said,
    el('p', { class: 'quiet' }, tokenInfo.expiredAt ? ['Ends ', time(tokenInfo.expiredAt), '.'] : 'It never ends; revoke it when it is no longer needed.'),
    el('div', { class: 'actions' }, button('Done', () => asked.close(), { class: 'main' })));
}
