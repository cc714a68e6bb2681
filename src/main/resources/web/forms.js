import { el } from './dom.js';
import { problem, refocus } from './feedback.js';
import { exact, visible } from './format.js';
import { settled } from './unsaved.js';

let number = 0;

/**
 * An input with its label, a hint and a place for what is wrong with it.
 *
 * @param name as problem documents call it, such as `params.region`
 */
export function field(name, label, input, hint) {
  const id = `field-${++number}`;
  input.id = id;
  input.setAttribute('aria-describedby', `${id}-hint ${id}-wrong`);
  return el('div', { class: `field ${input.type === 'checkbox' ? 'check' : ''}`, 'data-field': name },
    el('label', { for: id }, label, el('span', { class: 'required' }, ' (required)')),
    input,
    el('p', { class: 'hint', id: `${id}-hint` }, hint ?? ''),
    el('p', { class: 'wrong', id: `${id}-wrong` }));
}

export const text = props => el('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...props });
export const checkbox = props => el('input', { type: 'checkbox', ...props });
export const secret = props => el('input', { type: 'password', autocomplete: 'new-password', spellcheck: 'false', ...props });

export const lines = props => el('textarea', { autocomplete: 'off', spellcheck: 'false', rows: '6', ...props });

/** @param options pairs of value and label */
export const select = (options, props) => el('select', props, options.map(([value, label]) => el('option', { value }, visible(String(label)))));

/** Takes away the blanks that pasting brings along, and says so. */
export function tidied(container) {
  const input = container.querySelector('input');
  const note = el('p', { class: 'note', role: 'status' });
  input.addEventListener('change', () => {
    const trimmed = input.value.trim();
    note.textContent = trimmed === input.value ? '' : 'The blanks around it were left out.';
    input.value = trimmed;
  });
  container.append(note);
  return container;
}

/**
 * A form that is sent by script only, with a place for problems above its buttons.
 *
 * @param onsubmit answers false where what was typed is not saved yet
 */
export function form(onsubmit, fields, buttons) {
  const node = el('form', { autocomplete: 'off', novalidate: true }, ...fields, el('div', { class: 'problems' }), el('div', { class: 'actions' }, ...buttons));
  node.addEventListener('submit', async event => {
    event.preventDefault();
    if (!complete(node)) return;
    const pressed = node.querySelector('button[type=submit]');
    const focused = document.activeElement === pressed;
    pressed.disabled = true;
    await attempt(node, async () => {
      if (await onsubmit(node) !== false) settled(node);
    });
    pressed.disabled = false;
    if (focused) refocus(pressed);
  });
  return node;
}

/** Missing or malformed input, which the browser can tell, is shown where it is; whether there is none. */
export function complete(node) {
  clear(node);
  const missing = [...node.elements].filter(input => input.willValidate && !input.checkValidity());
  missing.forEach(input => wrong(input.closest('.field'), input.validationMessage));
  missing[0]?.focus();
  return !missing.length;
}

/** Does something with what is in a form; what is wrong with it is shown where it was entered. */
export async function attempt(node, work) {
  clear(node);
  try {
    return await work();
  } catch (failure) {
    if (failure.name !== 'AbortError') refuse(node, failure);
    return undefined;
  }
}

function clear(node) {
  node.querySelector('.problems').replaceChildren();
  for (const input of node.querySelectorAll('[aria-invalid]')) {
    input.removeAttribute('aria-invalid');
    input.closest('.field').querySelector('.wrong').textContent = '';
  }
}

function wrong(container, message) {
  container.closest('details')?.setAttribute('open', '');
  container.querySelector('input, select, textarea').setAttribute('aria-invalid', 'true');
  container.querySelector('.wrong').replaceChildren(exact(message));
}

/** A detail begins with the name of the field that it is about; what names none is shown above the buttons. */
export function refuse(node, failure) {
  const problems = node.querySelector('.problems');
  const about = [...node.querySelectorAll('[data-field]')]
    .filter(candidate => failure.message.match(/^[\w.[\]]+/)?.[0].replace(/\.$/, '') === candidate.dataset.field)
    .find(candidate => !candidate.hidden);
  if (about) {
    wrong(about, failure.message.slice(about.dataset.field.length).replace(/^[: ]+/, '').replace(/^./, first => first.toUpperCase()));
    about.querySelector('input, select, textarea').focus();
  } else {
    problems.replaceChildren(problem(failure));
    problems.scrollIntoView({ block: 'nearest' });
  }
}
