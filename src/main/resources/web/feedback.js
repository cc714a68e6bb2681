import { button, el } from './dom.js';
import { exact } from './format.js';

const SHOWN_FOR = 8_000;
let timer;
let since = 0;

/** Tells what has happened, to eyes and to screen readers; for what has gone wrong there is `problem`. */
export function announce(...content) {
  const status = document.getElementById('status');
  status.classList.remove('unseen');
  status.replaceChildren(...content);
  since = Date.now();
  clearTimeout(timer);
  timer = setTimeout(() => status.replaceChildren(), SHOWN_FOR);
}

/** The same for what eyes see anyway. */
export function whisper(text) {
  announce(text);
  document.getElementById('status').classList.add('unseen');
}

/** Takes away what was said about the view before; not what has led to the next one. */
export function hush() {
  if (Date.now() - since > 1_000) document.getElementById('status').replaceChildren();
}

/** A refusal, next to what was refused. */
export function problem(failure, retry) {
  return el('div', { class: 'problem', role: 'alert' },
    el('p', null, exact(failure.message)), retry && button('Try again', retry));
}

/** Runs what a button starts; meanwhile it cannot be pressed again and says what it does. */
export async function busy(pressed, label, work) {
  const before = [...pressed.childNodes];
  const focused = document.activeElement === pressed;
  pressed.disabled = true;
  pressed.replaceChildren(label);
  try {
    return await work();
  } finally {
    pressed.disabled = false;
    pressed.replaceChildren(...before);
    if (focused) refocus(pressed);
  }
}

/** What cannot be pressed has no focus: gives it back, unless it has gone somewhere else meanwhile. */
export function refocus(pressed) {
  if (pressed.isConnected && document.activeElement === document.body) pressed.focus();
}

/**
 * Copies exactly this text; browsers allow it only on pages that came safely.
 *
 * @param tell says that it is done, where there is a better place for it, such as in a dialog
 */
export function copy(text, what, tell = () => announce(`Copied the ${what}.`)) {
  return navigator.clipboard && button('Copy', async () => {
    await navigator.clipboard.writeText(text);
    tell();
  }, { class: 'plain', 'aria-label': `Copy the ${what}` });
}
