import { del, get } from './api.js';
import { head } from './dom.js';
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
import * as tokens from './tokens.js';
import * as upload from './upload.js';
import * as workspace from './workspace.js';

// A view is a module with `show({ id, query, me, signal })`, which answers what is to be shown. `signal` ends it.
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

const main = document.getElementById('main');
let me;
let shown;
let address;

async function route() {
  const [, path = '', query = ''] = /^#([^?]*)\??(.*)$/s.exec(location.hash) ?? [];
  const [pattern, view, section = path.split('/')[1]] = VIEWS.find(([candidate]) => candidate.test(path)) ?? [];
  if (!view) {
    location.replace('#/connections');
    return;
  }
  shown?.abort();
  for (const dialog of document.querySelectorAll('dialog')) dialog.close(); // of the view before
  const stop = shown = new AbortController();
  mark(section);
  hush();
  main.setAttribute('aria-busy', 'true');
  try {
    me ??= await get('/session');
    document.getElementById('me').textContent = me.email;
    const content = await view.show({
      id: pattern.exec(path)[1],
      query: new URLSearchParams(query),
      me,
      signal: stop.signal,
    });
    if (!stop.signal.aborted) place(content);
  } catch (failure) {
    if (!stop.signal.aborted) place([head(view.TITLE ?? 'Not shown'), problem(failure, route)]);
  }
}

const called = node => node.getAttribute('aria-label') ?? node.textContent;

/** A view that is shown anew keeps its place on the screen, and the focus where it was. */
function place(content) {
  const anew = address === location.hash;
  const focused = anew && main.contains(document.activeElement) && called(document.activeElement);
  const top = anew ? scrollY : 0;
  address = location.hash;
  main.replaceChildren(...[content].flat(Infinity).filter(Boolean));
  main.removeAttribute('aria-busy');
  const title = main.querySelector('h1');
  document.title = `${title.textContent} · Wharf`;
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
document.getElementById('sign-out').addEventListener('click', async () => {
  await del('/session').catch(() => {});
  location.replace('/');
  location.reload();
});
addEventListener('hashchange', route);
// A page that was left and is shown again from memory may be of somebody who has signed out.
addEventListener('pageshow', event => event.persisted && location.reload());

if (location.search) history.replaceState(null, '', `/${location.hash}`);
route();
