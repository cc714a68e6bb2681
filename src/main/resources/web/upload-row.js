import { button, el } from './dom.js';
import { problem } from './feedback.js';
import { exact, size } from './format.js';
import { importDialog } from './import-dialog.js';
import { send } from './upload-send.js';

/**
 * A file on its way to base storage, as a row that says how far it is.
 *
 * @param path with the folders that it was in; the service keeps the name alone
 * @param requeue what to do when it is to be sent once more
 * @return `{ node, state, loaded, run(), cancel() }`; the state is waiting, running, done, cancelled or failed
 */
export function uploadRow({ file, path }, requeue) {
  const facts = el('div', { class: 'facts' });
  const row = {
    node: el('li', null, el('p', null, el('strong', null, exact(path)), ' ', size(file.size)), facts),
    size: file.size,
    run,
    cancel() {
      if (row.state === 'running') stop.abort();
      else if (row.state === 'waiting') cancelled();
    },
  };
  const cancel = () => button('Cancel', row.cancel, { 'aria-label': `Cancel ${path}` });
  let stop;

  function show(state, loaded, ...content) {
    Object.assign(row, { state, loaded });
    const focused = facts.contains(document.activeElement);
    facts.replaceChildren(...content);
    if (focused) facts.querySelector('button')?.focus();
  }

  const wait = () => show('waiting', 0, el('p', { class: 'quiet' }, 'Waiting…'), cancel());

  function again() {
    wait();
    requeue();
  }

  function cancelled() {
    show('cancelled', 0, el('p', { class: 'quiet' }, 'Cancelled. Nothing was kept.'), button('Upload again', again, { 'aria-label': `Upload ${path} again` }));
  }

  async function run() {
    stop = new AbortController();
    const bar = el('progress', { max: file.size || 1, value: 0, 'aria-label': `Upload of ${path}` });
    const told = el('p', { class: 'quiet' });
    show('running', 0, bar, told, cancel());
    try {
      const stored = await send(file, {
        sent(bytes) {
          bar.hidden = false;
          row.loaded = bar.value = bytes;
          told.textContent = `${Math.floor(100 * bytes / (file.size || 1))} %`;
        },
        stored() { told.textContent = 'Storing…'; },
        waiting(failure, seconds) {
          bar.hidden = true;
          told.replaceChildren(`Tried again in ${seconds} s: `, exact(failure.message));
        },
      }, stop.signal);
      show('done', file.size, el('p', { class: 'good' }, 'Uploaded.'),
        button('Import as dataset', () => importDialog({ uri: stored.uri, name: path.replaceAll('/', ' '), folder: false }), { 'aria-label': `Import ${path} as dataset` }));
    } catch (failure) {
      if (failure.name === 'AbortError') cancelled();
      else show('failed', 0, problem(failure, again));
    }
  }

  wait();
  return row;
}
