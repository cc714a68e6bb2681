import { lines } from './api.js';
import { again, button, el, empty, link } from './dom.js';
import { entries } from './entries.js';
import { problem, whisper } from './feedback.js';
import { count, exact } from './format.js';
import { browse, name, query, write } from './uris.js';

const ROWS = 1_000;
const GLOB = /[*?[{]/;

/** Asks for a name; what is found has an address of its own, so that one can come back to it. */
export function searchForm(here, hidden, wanted) {
  const label = here.bucket ? 'Search names in here and below' : 'Search buckets';
  const input = el('input', { type: 'search', name: 'search', 'aria-label': label, placeholder: 'Search by name', title: 'A part of a name, or a pattern such as 2024/**/*.csv', required: true, maxlength: 1024, autocomplete: 'off', spellcheck: 'false' });
  input.value = wanted ?? '';
  const node = el('form', { class: 'search', role: 'search', 'data-passing': true }, input, el('button', { type: 'submit' }, 'Search'));
  node.addEventListener('submit', event => {
    event.preventDefault();
    const address = browse(write(here), hidden, input.value);
    if (address === window.location.hash) again();
    else window.location.hash = address.slice(1);
  });
  return node;
}

/** What a search finds, while it goes on. */
export function found(here, hidden, wanted, signal) {
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort());
  const rows = entries('Found', { hidden, below: here.key === '' || here.key.endsWith('/') ? here : { ...here, key: `${here.key}/` } });
  const state = el('span', null, 'Searching…');
  const stopping = button('Stop', () => stop.abort());
  const end = el('div');
  rows.node.hidden = true;
  run(here, hidden, wanted, stop.signal, { rows, state }).then(ending => {
    stopping.hidden = true;
    if (signal.aborted) return;
    end.replaceChildren(...ending.filter(Boolean));
    whisper(state.textContent);
  });
  return [
    el('div', { class: 'found' },
      el('h2', null, 'Found for ', exact(wanted), ' in ', exact(name(here) || 'all buckets')),
      el('p', { class: 'quiet' }, state, ' ', stopping, ' ', link(browse(write(here), hidden), 'Back to the folder'))),
    rows.node, end,
  ];
}

async function run(here, hidden, wanted, signal, { rows, state }) {
  let shown = 0;
  let progress = { scanned: 0 };
  const tell = ending => {
    state.textContent = `${count(shown, 'name', 'names')} found, ${count(progress.scanned, 'object', 'objects')} looked at${ending}`;
  };
  try {
    for await (const some of lines(path(here, hidden, wanted), signal)) {
      const entriesOfThese = some.filter(line => line.type !== 'progress');
      progress = some.findLast(line => line.type === 'progress') ?? progress;
      rows.add(entriesOfThese);
      shown += entriesOfThese.length;
      rows.node.hidden = shown === 0;
      tell('…');
    }
  } catch (failure) {
    tell(signal.aborted ? ', then stopped.' : ', then it failed.');
    return signal.aborted ? [] : [problem(failure, again)];
  }
  tell('.');
  return [
    !progress.complete && el('p', { class: 'warning' }, shown === ROWS
      ? `More than ${count(ROWS, 'name', 'names')} match: search for more of the name, or in a folder below.`
      : 'There is more in here than one search looks at: there may be other matches. Search in a folder below.'),
    shown === 0 && progress.complete && empty(hidden ? 'Nothing in here has such a name.' : 'Nothing in here has such a name, or it is hidden.'),
  ];
}

function path(here, hidden, wanted) {
  const mode = GLOB.test(wanted) ? 'glob' : 'contains';
  return `/vfsSearch?${query({ uri: write(here), query: wanted, mode, limit: ROWS, showHidden: hidden, progress: true, ...(!here.bucket && { allBuckets: true }) })}`;
}
