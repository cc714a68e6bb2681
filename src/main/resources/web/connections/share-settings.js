import { patch } from '../api.js';
import { ask, button, el } from '../dom.js';
import { busy, problem } from '../feedback.js';
import { checkbox, field } from '../forms.js';

/** Whether a connection's key pair is shared as well, and whether everybody has the connection. */
export function shareSettings(connection, may, tell) {
  if (!may.edit) return null;
  const wrong = el('div');
  const save = async (change, text) => {
    wrong.replaceChildren();
    try {
      await patch(`/v4/connections/${connection.id}`, change);
      Object.assign(connection, change);
      tell(text);
      return true;
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
      return false;
    }
  };
  return el('div', { class: 'how' }, credentials(connection, save), may.publish && publish(connection, save), wrong);
}

function credentials(connection, save) {
  const shared = checkbox({ checked: connection.credentialsShared });
  const share = async on => {
    shared.disabled = true;
    const text = on ? 'Everybody works with the owner’s key pair now.' : 'Everybody enters their own key pair now.';
    if (await save({ credentialsShared: on }, text)) shared.checked = on;
    shared.disabled = false;
    shared.focus();
  };
  shared.addEventListener('change', () => {
    const on = shared.checked;
    shared.checked = !on; // until it is so
    if (on) share(on);
    else ask('Stop sharing the key pair?', ['Whoever has this connection and no key pair of their own cannot use it any more until they enter one, and their jobs fail.'], { keep: 'Keep sharing', label: 'Stop sharing', act: () => share(on) });
  });
  return field('credentialsShared', 'Share credentials', shared,
    'Everybody works with the owner’s key pair, and nobody sees it. Otherwise each person enters their own; that holds for all who have the connection already.');
}

function publish(connection, save) {
  if (connection.isGlobal) return null;
  const place = el('div', { class: 'publish' });
  const ask = () => {
    const keep = button('Keep it private', () => offer(true));
    place.replaceChildren(
      el('p', { class: 'warning' }, 'Everybody in the workspace will be able to use it. This cannot be taken back: a public connection can only be deleted.'),
      el('div', { class: 'actions' }, keep, button('Make public for good', event => busy(event.currentTarget, 'Publishing…', async () => {
        if (!await save({ isGlobal: true }, 'It is public now.')) return;
        const now = el('p', { class: 'quiet', tabindex: '-1' }, 'Public: everybody in the workspace may use it.');
        place.replaceChildren(now);
        now.focus();
      }), { class: 'bad' })));
    keep.focus();
  };
  const offer = focused => {
    const first = button('Make public…', ask);
    place.replaceChildren(first, el('p', { class: 'hint' }, 'Only people who are added have it. Public cannot be taken back.'));
    if (focused) first.focus();
  };
  offer(false);
  return place;
}
