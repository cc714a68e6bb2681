import { all, get } from './api.js';
import { button, el, empty, head, link, table } from './dom.js';
import { busy, copy, problem, whisper } from './feedback.js';
import { checkbox, field, form, text } from './forms.js';
import { exact, size, time } from './format.js';
import { importDialog } from './import-dialog.js';
import { browse, location as place, name, parse, steps, write } from './uris.js';

export const TITLE = 'Browse';

const ROWS = 200;
const ARCHIVED = /^(GLACIER|DEEP_ARCHIVE)$/;

export async function show({ query, signal }) {
  const uri = query.get('uri') ?? 's3://';
  const hidden = query.get('hidden') === 'yes';
  const connections = await all('/v4/connections', signal);
  const asked = parse(uri);
  const connection = connections.find(candidate => String(candidate.id) === asked.connectionId);
  const title = connection ? exact(connection.name) : asked.connectionId ? `Connection ${asked.connectionId}` : 'Base storage';

  let page;
  try {
    page = await list(uri, hidden, null, signal);
  } catch (failure) {
    if (signal.aborted) throw failure;
    // A path may be readable where its folder may not be listed, so the way to paste one stays.
    return [head(title), trail(asked, hidden), pathForm(asked, hidden), problem(failure, () => dispatchEvent(new Event('hashchange')))];
  }
  const here = opened(asked, page.data);
  return [
    head(title, ...actionsOn(here)),
    trail(here, hidden),
    pathForm(here, hidden),
    tools(here, hidden),
    listing(here, hidden, page, signal),
  ];
}

function list(uri, hidden, nextToken, signal) {
  const query = new URLSearchParams({ uri, limit: ROWS, showHidden: hidden });
  if (nextToken) query.set('nextToken', nextToken);
  // Space as %20: the service reads a plus as a plus.
  return get(`/vfsList?${query.toString().replaceAll('+', '%20')}`, signal);
}

/** What was opened: a connection opens its default bucket, and a path without a slash the folder of that name. */
function opened(asked, rows) {
  const first = rows[0] && parse(rows[0].uri);
  if (!first) return asked;
  if (!asked.bucket && first.key) return { ...asked, bucket: first.bucket };
  return first.key.startsWith(`${asked.key}/`) && asked.key && !asked.key.endsWith('/') ? { ...asked, key: `${asked.key}/` } : asked;
}

const isFolder = here => here.bucket && (here.key === '' || here.key.endsWith('/'));
const to = (uri, hidden) => browse(uri) + (hidden ? '&hidden=yes' : '');

function actionsOn(here) {
  if (!isFolder(here)) return [];
  return [here.key
    ? button('Import this folder', () => importDialog({ uri: write(here), name: name(here), folder: true }), { class: 'main' })
    : el('span', { class: 'quiet' }, 'Import a file or a folder; a whole bucket cannot be imported.')];
}

function trail(here, hidden) {
  const root = write({ bucket: '', key: '', connectionId: here.connectionId });
  const crumbs = [
    [here.connectionId ? 'Connection' : 'Base storage', root],
    here.bucket && [exact(here.bucket), write({ ...here, key: '' })],
    ...(here.bucket ? steps(here).map(step => [step.name ? exact(step.name) : 'folder without a name', step.uri]) : []),
    here.key && !here.key.endsWith('/') && [exact(name(here)), write(here)],
  ].filter(Boolean);
  return el('nav', { class: 'trail', 'aria-label': 'Path' }, el('ol', null, crumbs.map(([label, uri], index) => el('li', null,
    index === crumbs.length - 1 ? el('span', { 'aria-current': 'location' }, label) : link(to(uri, hidden), label)))),
    copy(write(here), 'address'));
}

function pathForm(here, hidden) {
  const input = text({ required: true, placeholder: 's3://bucket/folder/' });
  input.value = place(here);
  return el('details', { class: 'paste' }, el('summary', null, 'Go to a path'),
    form(() => {
      window.location.hash = to(target(input.value.trim(), here), hidden).slice(1);
    }, [field('uri', 'Path', input, 's3://bucket/folder/, or a path in this bucket. It also works where you may read but not list.')],
    [el('button', { type: 'submit' }, 'Go')]));
}

function target(typed, here) {
  if (/\?connectionId=\d*$/.test(typed)) return typed;
  const typedPlace = /^s3a?:\/\//.test(typed)
    ? parse(typed.replace(/^s3a:/, 's3:'))
    : here.bucket ? { bucket: here.bucket, key: typed.replace(/^\//, '') } : parse(typed);
  return write({ ...typedPlace, connectionId: here.connectionId });
}

function tools(here, hidden) {
  const toggle = checkbox({ checked: hidden });
  toggle.addEventListener('change', () => {
    window.location.hash = to(write(here), toggle.checked).slice(1);
  });
  return el('div', { class: 'tools' }, el('label', { class: 'check' }, toggle, ' Show hidden names and markers'));
}

function listing(here, hidden, first, signal) {
  const rows = table('Files and folders', [
    { label: 'Name', kind: 'wide', cell: row => entry(row, hidden) },
    { label: 'Size', kind: 'amount', cell: row => size(row.size) },
    { label: 'Last updated', kind: 'when', cell: row => time(row.lastModified) },
    { label: 'Actions', hidden: true, kind: 'do one', cell: row => importable(row, here) },
  ]);
  const wrong = el('div');
  const more = button('More', event => busy(event.currentTarget, 'Loading…', async () => {
    wrong.replaceChildren();
    try {
      const added = append(await list(write(here), hidden, token, signal));
      added[0]?.querySelector('a, button')?.focus();
      whisper(`${added.length} more are shown.`);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
    }
  }));
  const none = empty(hidden ? 'Nothing is in here.' : 'Nothing is in here, or everything is hidden.',
    !hidden && link(to(write(here), true), 'Show hidden'));
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

function entry(row, hidden) {
  const label = row.name === '' ? el('em', null, 'no name') : exact(row.name);
  if (row.type === 'folder') return link(to(row.uri, hidden), el('span', { class: 'kind', 'aria-hidden': 'true' }, '▸'), label, el('span', { class: 'unseen' }, ', folder'));
  return [label, ARCHIVED.test(row.storageClass) && el('span', { class: 'badge', title: row.storageClass }, 'Archived')];
}

function importable(row, here) {
  if (!here.bucket) return null; // buckets
  if (ARCHIVED.test(row.storageClass)) return el('span', { class: 'quiet' }, 'Restore it in S3 first');
  return button('Import', () => importDialog({ uri: row.uri, name: row.name, folder: row.type === 'folder' }), { 'aria-label': `Import ${row.name}` });
}
