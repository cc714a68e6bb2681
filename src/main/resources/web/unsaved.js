import { ask } from './dom.js';

export const TYPED = 'What you have typed here is not saved, and will be lost.';

// Forms in which somebody has typed. What is marked `data-passing`, such as a search, holds nothing that can be lost.
const begun = new Set();
let asked;

document.addEventListener('input', event => {
  const form = event.target.closest('form');
  if (form && !event.target.closest('[data-passing]')) begun.add(form);
});

/** What was typed in a form is saved. */
export const settled = form => begun.delete(form);

/** Whether something was typed here, and not saved. */
export function unsaved(within = document) {
  for (const form of begun) if (!form.isConnected || form.closest('dialog:not([open])')) begun.delete(form);
  return [...begun].some(form => within.contains(form));
}

/** Asks before something is lost. */
export function askToLeave(leave, ...lost) {
  asked?.close();
  asked = ask('Leave?', lost, {
    keep: 'Stay',
    label: 'Leave',
    act() {
      begun.clear();
      leave();
    },
  });
}

addEventListener('beforeunload', event => unsaved() && event.preventDefault());

// Escape closes a dialog; the button that says so does it without asking.
document.addEventListener('cancel', event => {
  const left = event.target;
  if (!left.matches('dialog') || !unsaved(left)) return;
  event.preventDefault();
  askToLeave(() => left.close(), TYPED);
}, true);
