import { get } from './api.js';
import { el, head } from './dom.js';
import { announce, hush, problem } from './feedback.js';
import { exact, visible } from './format.js';
import { shortcut } from './shortcuts.js';
import { belongsTo } from './sign-in-again.js';
import { askToLeave, TYPED, unsaved } from './unsaved.js';
import './uploads/upload-tray.js';
import { uploads, UPLOADING } from './uploads/uploads.js';

// A view is a module that is fetched when it is first shown, with `show({ id, query, me, signal })`, which answers what is to be shown. `signal` ends it.
// Until it has answered, its `TITLE` is shown, and what its `meanwhile({ query })` answers, if it has that.
const VIEWS = [
  [/^\/import$/, () => import('./import-data.js')],
  [/^\/connections$/, () => import('./connections/connections.js')],
  [/^\/connections\/new$/, () => import('./connections/gallery.js')],
  [/^\/connections\/new\/([a-z0-9-]+)$/, () => import('./connections/connection-form.js')],
  [/^\/connections\/(\d+)$/, () => import('./connections/connection.js')],
  [/^\/connections\/(\d+)\/edit$/, () => import('./connections/connection-form.js')],
  [/^\/datasets$/, () => import('./datasets/datasets.js')],
  [/^\/datasets\/(\d+)$/, () => import('./datasets/dataset.js')],
  [/^\/datasets\/(\d+)\/run$/, () => import('./jobs/run.js')],
  [/^\/jobs$/, () => import('./jobs/jobs.js')],
  [/^\/jobs\/(\d+)$/, () => import('./jobs/job.js')],
  [/^\/schedules$/, () => import('./schedules/schedules.js')],
  [/^\/schedules\/(\d+)$/, () => import('./schedules/schedule.js')],
  [/^\/upload$/, () => import('./uploads/upload-view.js')],
  [/^\/profile$/, () => import('./settings/profile.js')],
  [/^\/workspace$/, () => import('./settings/workspace.js')],
  [/^\/workspace\/people$/, () => import('./settings/people.js')],
  [/^\/workspace\/storage$/, () => import('./settings/base-storage.js')],
  [/^\/workspace\/lifecycle$/, () => import('./settings/lifecycle.js')],
  [/^\/workspace\/deadLetters$/, () => import('./settings/dead-letters.js')],
  [/^\/workspace\/deadLetters\/(\d+)$/, () => import('./settings/dead-letter.js')],
  [/^\/workspace\/audit$/, () => import('./settings/audit.js')],
];
const UNKNOWN = [/^(.*)$/s, () => import('./unknown.js')];

// Addresses from before, which people may have kept.
const MOVED = [
  [/^\/?$/, '/import'],
  [/^\/browse$/, '/import'],
  [/^\/settings(\/tokens|\/storage)?$/, '/profile'],
  [/^\/settings\/workspace$/, '/workspace'],
  [/^\/settings\/(people|audit)$/, '/workspace/$1'],
];

const SLOW = 300; // ms
const main = document.getElementById('main');
let me;
let shown;
let address;
let keys; // of the view that is shown
let here = history.state?.step ?? 0; // how far the view that is shown is from the first one

async function route() {
  if (location.hash.startsWith('#token=')) { // of the trial's link, where one is signed in already
    const token = location.hash.slice('#token='.length);
    history.replaceState(history.state, '', '/');
    if ('trial' in document.body.dataset) import('./sign-in-link.js').then(({ follow }) => follow(token, leaving, begin));
  }
  const [, path = '', query = ''] = /^#([^?]*)\??(.*)$/s.exec(location.hash) ?? [];
  const moved = MOVED.find(([before]) => before.test(path));
  if (moved) {
    history.replaceState(history.state, '', `#${path.replace(...moved)}${query && '?'}${query}`);
    route();
    return;
  }
  const [pattern, load] = VIEWS.find(([candidate]) => candidate.test(path)) ?? UNKNOWN;
  const section = path.split('/')[1];
  shown?.abort();
  for (const dialog of document.querySelectorAll('dialog:not(.lasting)')) dialog.close(); // of the view before
  const stop = shown = new AbortController();
  mark(section);
  hush();
  main.setAttribute('aria-busy', 'true');
  const asked = { id: pattern.exec(path)[1], query: new URLSearchParams(query), signal: stop.signal };
  let view;
  const late = setTimeout(() => stop.signal.aborted || address === location.hash || announceLate(view, asked), SLOW);
  try {
    const session = me ?? get('/session'); // while the view is fetched
    session.catch?.(() => {}); // it is waited for below
    view = await fetched(load);
    me = await session;
    belongsTo(me);
    introduce();
    uploads.belongTo(me);
    const content = await view.show({ ...asked, me });
    if (!stop.signal.aborted) {
      keys = view.KEYS;
      place(content);
    }
  } catch (failure) {
    if (!stop.signal.aborted) place([head(view?.TITLE ?? 'Wharf'), problem(failure, view ? route : () => location.reload())]);
  } finally {
    clearTimeout(late);
  }
}

function introduce() {
  const who = document.getElementById('me');
  who.replaceChildren(exact(me.email));
  who.setAttribute('aria-label', `Profile of ${visible(me.email)}`);
  document.querySelector('[href="#/workspace"]').hidden = !me.workspaceAdmin;
}

/** Names of modules tell their content, so a page that was open while Wharf was changed asks for some that are gone. */
async function fetched(load) {
  try {
    return await load();
  } catch {
    await get('/session'); // without one nothing is fetched: it is asked for first
  }
  try {
    return await load();
  } catch {
    throw new Error('This part of the page cannot be fetched: Wharf cannot be reached, or it is another version by now. Try again to load the page anew.');
  }
}

/** A view that takes its time says which one it is, and that it comes; the one before is gone. */
function announceLate(view, asked) {
  fill([head(view?.TITLE ?? 'Wharf'), view?.meanwhile?.(asked), el('p', { class: 'quiet loading', role: 'status' }, 'Loading…')]);
  main.querySelector('h1').focus({ preventScroll: true });
  scrollTo(0, 0);
}

function fill(content) {
  const nodes = [content].flat(Infinity).filter(Boolean);
  // A view that shows itself anew stays as it is, with what has been scrolled in it.
  if (nodes.length !== main.childNodes.length || nodes.some((node, index) => node !== main.childNodes[index])) main.replaceChildren(...nodes);
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
  scrollTo(0, top);
  const same = focused && [...main.querySelectorAll('a, button')].find(node => called(node) === focused);
  if (!document.activeElement?.closest('[data-keeps-focus]')) (same || title).focus({ preventScroll: true });
}

function mark(section) {
  document.body.dataset.view = section;
  for (const entry of document.querySelectorAll('body > header nav a')) {
    if (entry.hash === `#/${section}`) entry.setAttribute('aria-current', 'page');
    else entry.removeAttribute('aria-current');
  }
}

document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault(); // the address names the view
  main.querySelector('h1')?.focus();
});
document.getElementById('sign-out').addEventListener('click', () => leaving(signOut));

/** Asks first where something would be lost. */
function leaving(leave) {
  const lost = [unsaved() && TYPED, uploads.busy && UPLOADING].filter(Boolean);
  if (lost.length) askToLeave(leave, ...lost);
  else leave();
}

async function signOut() {
  const answer = await fetch('/session', { method: 'DELETE' }).catch(() => null);
  if (!answer?.ok && answer?.status !== 401) { // which has ended already
    announce('You are not signed out: Wharf cannot be reached. Try again.');
    return;
  }
  begin();
}

/** Loads the page anew, for whoever is signed in by now. */
function begin() {
  uploads.leave();
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
addEventListener('keydown', event => shortcut(event, keys)); // behind those of the view, which are on the document
// A page that was left and is shown again from memory may be of somebody who has signed out.
addEventListener('pageshow', event => event.persisted && location.reload());

history.replaceState({ step: here }, '', location.search ? `/${location.hash}` : '');
route();
