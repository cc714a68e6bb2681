import { get } from './api.js';
import { el, head } from './dom.js';
import { hush, problem } from './feedback.js';
import * as audit from './audit.js';
import * as baseStorage from './base-storage.js';
import * as browse from './browse.js';
import * as connection from './connection.js';
import * as connectionForm from './connection-form.js';
import * as connections from './connections.js';
import * as dataset from './dataset.js';
import * as datasets from './datasets.js';
import * as job from './job.js';
import * as jobs from './jobs.js';
import * as people from './people.js';
import { belongsTo } from './sign-in-again.js';
import * as tokens from './tokens.js';
import { askToLeave, TYPED, unsaved } from './unsaved.js';
import * as upload from './upload.js';
import { cancelAll, UPLOADING, uploading } from './uploads.js';
import * as workspace from './workspace.js';

// A view is a module with `show({ id, query, me, signal })`, which answers what is to be shown. `signal` ends it.
// Until it has answered, its `TITLE` is shown, and what its `meanwhile({ query })` answers, if it has that.
const VIEWS = [
  [/^\/connections$/, connections],
  [/^\/connections\/new$/, connectionForm],
  [/^\/connections\/(\d+)$/, connection],
  [/^\/connections\/(\d+)\/edit$/, connectionForm],
  [/^\/browse$/, browse, 'connections'],
  [/^\/datasets$/, datasets],
  [/^\/datasets\/(\d+)$/, dataset],
  [/^\/jobs$/, jobs],
  [/^\/jobs\/(\d+)$/, job],
  [/^\/upload$/, upload],
  [/^\/settings$/, tokens],
  [/^\/settings\/tokens$/, tokens],
  [/^\/settings\/storage$/, baseStorage],
  [/^\/settings\/people$/, people],
  [/^\/settings\/workspace$/, workspace],
  [/^\/settings\/audit$/, audit],
];

const SLOW = 300; // ms
const main = document.getElementById('main');
let me;
let shown;
let address;
let here = history.state?.step ?? 0; // how far the view that is shown is from the first one

async function route() {
  const [, path = '', query = ''] = /^#([^?]*)\??(.*)$/s.exec(location.hash) ?? [];
  const [pattern, view, section = path.split('/')[1]] = VIEWS.find(([candidate]) => candidate.test(path)) ?? [];
  if (!view) {
    history.replaceState(history.state, '', '#/connections');
    route();
    return;
  }
  shown?.abort();
  for (const dialog of document.querySelectorAll('dialog:not(.lasting)')) dialog.close(); // of the view before
  const stop = shown = new AbortController();
  mark(section);
  hush();
  main.setAttribute('aria-busy', 'true');
  const asked = { id: pattern.exec(path)[1], query: new URLSearchParams(query), signal: stop.signal };
  const late = setTimeout(() => stop.signal.aborted || address === location.hash || announceLate(view, asked), SLOW);
  try {
    me ??= await get('/session');
    belongsTo(me);
    document.getElementById('me').textContent = me.email;
    const content = await view.show({ ...asked, me });
    if (!stop.signal.aborted) place(content);
  } catch (failure) {
    if (!stop.signal.aborted) place([head(view.TITLE), problem(failure, route)]);
  } finally {
    clearTimeout(late);
  }
}

/** A view that takes its time says which one it is, and that it comes; the one before is gone. */
function announceLate(view, asked) {
  fill([head(view.TITLE), view.meanwhile?.(asked), el('p', { class: 'quiet loading', role: 'status' }, 'Loading…')]);
  main.querySelector('h1').focus({ preventScroll: true });
  scrollTo(0, 0);
}

function fill(content) {
  main.replaceChildren(...[content].flat(Infinity).filter(Boolean));
  document.title = `${main.querySelector('h1').textContent} · Wharf`;
}

const called = node => node.getAttribute('aria-label') ?? node.textContent;

/** A view that is shown anew keeps its place on the screen, and the focus where it was. */
function place(content) {
  const anew = address === location.hash;
  const focused = anew && main.contains(document.activeElement) && called(document.activeElement);
  const top = anew ? scrollY : 0;
  address = location.hash;
  fill(content);
  main.removeAttribute('aria-busy');
  const title = main.querySelector('h1');
  main.querySelector('.tabs [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  scrollTo(0, top);
  const same = focused && [...main.querySelectorAll('a, button')].find(node => called(node) === focused);
  (same || title).focus({ preventScroll: true });
}

function mark(section) {
  for (const entry of document.querySelectorAll('nav a')) {
    if (entry.hash === `#/${section}`) entry.setAttribute('aria-current', 'page');
    else entry.removeAttribute('aria-current');
  }
}

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault(); // the address names the view
  main.querySelector('h1')?.focus();
});
document.getElementById('sign-out').addEventListener('click', () => {
  const lost = [unsaved() && TYPED, uploading() && UPLOADING].filter(Boolean);
  if (lost.length) askToLeave(signOut, ...lost);
  else signOut();
});

async function signOut() {
  cancelAll();
  await fetch('/session', { method: 'DELETE' }).catch(() => {}); // which may have ended already
  location.replace('/');
  location.reload();
}

/** Before a form that was begun is left, one is back at it and asked; each entry of the history knows its step. */
addEventListener('hashchange', event => {
  if (!event.isTrusted) {
    route(); // the same view anew
    return;
  }
  const there = history.state?.step ?? here + 1;
  if (there === here) return; // back at what was begun
  history.replaceState({ step: there }, '');
  if (unsaved()) {
    const way = there - here;
    history.go(-way);
    askToLeave(() => history.go(way), TYPED);
    return;
  }
  here = there;
  route();
});
// A page that was left and is shown again from memory may be of somebody who has signed out.
addEventListener('pageshow', event => event.persisted && location.reload());

history.replaceState({ step: here }, '', location.search ? `/${location.hash}` : '');
route();
