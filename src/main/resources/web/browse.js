import { all, get } from './api.js';
import { again, button, el, empty, head, link } from './dom.js';
import { entries } from './entries.js';
import { busy, copy, problem, whisper } from './feedback.js';
import { checkbox, field, form, text } from './forms.js';
import { exact } from './format.js';
import { importDialog } from './import-dialog.js';
import { found, searchForm } from './search.js';
import { browse, entrance, location as place, name, opened, parse, query as encoded, steps, typedPath, write } from './uris.js';

export const TITLE = 'Browse';

const ROWS = 200;

/** The way to the place, where the address says it. */
export function meanwhile({ query }) {
  const asked = parse(query.get('uri') ?? '');
  return (asked.bucket || query.has('buckets')) && trail(asked, query.get('hidden') === 'yes');
}

export async function show({ query, signal }) {
  const uri = query.get('uri') ?? 's3://';
  const hidden = query.get('hidden') === 'yes';
  const allBuckets = query.get('buckets') === 'all';
  const wanted = query.get('search');
  const connections = await all('/v4/connections', signal);
  const asked = parse(uri);
  const connection = connections.find(candidate => String(candidate.id) === asked.connectionId);
  const title = connection ? exact(connection.name) : asked.connectionId ? `Connection ${asked.connectionId}` : 'Base storage';

  if (wanted) {
    return [head(title), trail(asked, hidden), tools(asked, hidden, wanted), found(asked, hidden, wanted, signal)];
  }
  let page;
  try {
    page = await list(uri, { hidden, allBuckets }, signal);
  } catch (failure) {
    if (signal.aborted) throw failure;
    // A path may be readable where its folder may not be listed, so the way to paste one stays.
    return [
      head(title), trail(asked, hidden), pathForm(asked, hidden), problem(failure, again),
      allBuckets && connection?.bucket && el('p', null, link(entrance(connection.id), 'Back to ', exact(connection.bucket), ', its default bucket')),
    ];
  }
  const here = opened(allBuckets ? asked : { ...asked, bucket: asked.bucket || (connection?.bucket ?? '') }, page.data);
  return [
    head(title, ...actionsOn(here)),
    trail(here, hidden),
    pathForm(here, hidden),
    tools(here, hidden),
    listing(here, hidden, page, signal),
  ];
}

function list(uri, { hidden, allBuckets = !parse(uri).bucket, nextToken }, signal) {
  return get(`/vfsList?${encoded({ uri, limit: ROWS, showHidden: hidden, ...(allBuckets && { allBuckets }), ...(nextToken && { nextToken }) })}`, signal);
}

const isFolder = here => here.bucket && (here.key === '' || here.key.endsWith('/'));
function actionsOn(here) {
  if (!isFolder(here)) return [];
  return [here.key
    ? button('Import this folder', () => importDialog({ uri: write(here), name: name(here), folder: true }), { class: 'main' })
    : el('span', { class: 'quiet' }, 'Import a file or a folder; a whole bucket cannot be imported.')];
}

function trail(here, hidden) {
  const root = write({ bucket: '', key: '', connectionId: here.connectionId });
  const crumbs = [
    ['All buckets', root],
    here.bucket && [exact(here.bucket), write({ ...here, key: '' })],
    ...(here.bucket ? steps(here).map(step => [step.name ? exact(step.name) : 'folder without a name', step.uri]) : []),
    here.key && !here.key.endsWith('/') && [exact(name(here)), write(here)],
  ].filter(Boolean);
  return el('nav', { class: 'trail', 'aria-label': 'Path' }, el('ol', null, crumbs.map(([label, uri], index) => el('li', null,
    index === crumbs.length - 1 ? el('span', { 'aria-current': 'location' }, label) : link(browse(uri, hidden), label)))),
    copy(write(here), 'address'));
}

function pathForm(here, hidden) {
  const input = text({ required: true, placeholder: 's3://bucket/folder/' });
  input.value = place(here);
  const node = form(() => {
    window.location.hash = browse(typedPath(input.value.trim(), here), hidden).slice(1);
  }, [field('uri', 'Path', input, 's3://bucket/folder/, or a path in this bucket; s3:// for all buckets. It also works where you may read but not list.')],
  [el('button', { type: 'submit' }, 'Go')]);
  node.dataset.passing = '';
  return el('details', { class: 'paste' }, el('summary', null, 'Go to a path'), node);
}

function tools(here, hidden, wanted) {
  const toggle = checkbox({ checked: hidden });
  toggle.addEventListener('change', () => {
    window.location.hash = browse(write(here), toggle.checked, wanted).slice(1);
  });
  return el('div', { class: 'tools' },
    searchForm(here, hidden, wanted),
    el('label', { class: 'check' }, toggle, ' Show hidden names and markers'));
}

function listing(here, hidden, first, signal) {
  const rows = entries('Files and folders', { hidden });
  const wrong = el('div');
  const more = button('More', event => busy(event.currentTarget, 'Loading…', async () => {
    wrong.replaceChildren();
    try {
      const added = append(await list(write(here), { hidden, nextToken: token }, signal));
      added[0]?.querySelector('a, button')?.focus();
      whisper(`${added.length} more are shown.`);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
    }
  }));
  const none = empty(hidden ? 'Nothing is in here.' : 'Nothing is in here, or everything is hidden.',
    !hidden && link(browse(write(here), true), 'Show hidden'));
  let token;
  const append = page => {
    token = page.nextToken;
    more.hidden = !token;
    const added = rows.add(page.data);
    none.hidden = rows.node.tBodies[0].rows.length > 0 || Boolean(token);
    rows.node.hidden = !none.hidden;
    return added;
  };
  append(first);
  return [rows.node, none, wrong, el('div', { class: 'more' }, more)];
}
