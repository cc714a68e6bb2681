import { button, dialog, el } from './dom.js';
import { busy, problem } from './feedback.js';

/**
 * Asks before what cannot be undone, and does it; the answer that changes nothing is the nearer one. A refusal stands in the
 * dialog, which stays.
 *
 * @param said paragraphs
 * @param about what else there is to be seen of it
 */
export function confirmed(title, said, { keep = 'Keep', about = '', label, doing, act, done }) {
  const wrong = el('div');
  const sure = button(label, event => busy(event.currentTarget, doing, async () => {
    wrong.replaceChildren();
    try {
      await act();
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
      return;
    }
    asked.close();
    done(); // behind an open dialog nothing is announced
  }), { class: 'bad' });
  const asked = dialog(title, said.map(one => el('p', null, one)), about, wrong,
    el('div', { class: 'actions' }, button(keep, () => asked.close(), { autofocus: true }), sure));
}
