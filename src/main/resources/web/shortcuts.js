import { button, dialog, el } from './dom.js';

const OFF = 'wharf.shortcuts-off';
const EVERYWHERE = [['/', 'Search or filter'], ['?', 'These shortcuts']];

/** Whether a key is meant as a shortcut: not where somebody types, and not while a dialog is open. */
export function isShortcut(event) {
  return !localStorage.getItem(OFF) && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented
    && !document.querySelector('dialog[open]') && !event.target.closest?.('input:not([type=checkbox]), select, textarea');
}

/** What works on each view, unless the view has taken it. */
export function shortcut(event, keys) {
  const done = { '?': () => showShortcuts(keys), '/': find }[event.key];
  if (!done || !isShortcut(event)) return;
  event.preventDefault();
  done();
}

const find = () => document.querySelector('main input[type=search]')?.select();

/**
 * Who dictates, or hits keys by chance, can turn off those that are a single character.
 *
 * @param keys of the view: pairs of a key and what it does
 */
export function showShortcuts(keys = []) {
  const on = el('input', { type: 'checkbox', checked: !localStorage.getItem(OFF), onchange: () => {
    if (on.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, 'yes');
  } });
  const shown = dialog('Shortcuts',
    el('dl', { class: 'known' }, [...keys, ...EVERYWHERE].map(([key, what]) => [el('dt', null, el('kbd', null, key)), el('dd', null, what)])),
    el('p', null, el('label', null, on, ' Shortcuts of a single key are on')),
    el('div', { class: 'actions' }, button('Close', () => shown.close(), { autofocus: true })));
}
