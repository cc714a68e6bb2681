import { problem, refocus } from './feedback.js';
import { exact } from './format.js';

/**
 * Sends what is in a form, by script only; meanwhile the element that shows it is `busy`. What is missing or wrong is shown where
 * it was entered.
 *
 * @param event of the form that is sent
 * @param host the element
 * @param work is given the form
 */
export async function submit(event, host, work) {
  event.preventDefault();
  const form = event.target;
  if (!complete(form)) return;
  const focused = document.activeElement;
  host.busy = true;
  await attempt(form, () => work(form));
  host.busy = false;
  await host.updateComplete;
  refocus(focused);
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
