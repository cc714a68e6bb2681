import { Problem, problemOf, signInAgain } from './api.js';
import { button, el, head } from './dom.js';
import { announce, problem } from './feedback.js';
import { exact, size } from './format.js';
import { importDialog } from './import-dialog.js';

export const TITLE = 'Upload';

export function show({ signal }) {
  const list = el('ul', { class: 'uploads' });
  const input = el('input', { type: 'file', multiple: true, id: 'file' });
  let last = Promise.resolve();
  const take = files => {
    for (const file of files) {
      const row = waiting(file);
      list.append(row.node);
      last = last.then(() => row.start()); // one after the other: each gets the whole line
    }
    input.value = '';
  };
  input.addEventListener('change', () => take(input.files));
  const zone = el('div', { class: 'drop' },
    el('p', null, 'Drop files here, or choose some.'),
    el('label', { for: 'file', class: 'unseen' }, 'Files to upload'), input,
    el('p', { class: 'quiet' }, 'They are kept unchanged in base storage, in a folder of your own.'));
  zone.addEventListener('dragover', event => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => {
    event.preventDefault();
    zone.classList.remove('over');
    take(event.dataTransfer.files);
  });
  const leaving = event => list.querySelector('progress') && event.preventDefault();
  addEventListener('beforeunload', leaving, { signal });
  return [head(TITLE), zone, list];
}

function waiting(file) {
  const facts = el('div', { class: 'facts' }, el('p', { class: 'quiet' }, 'Waiting…'));
  const node = el('li', { class: 'sheet' }, el('p', null, el('strong', null, exact(file.name)), ' ', size(file.size)), facts);
  let given = false;
  const cancel = button('Cancel', () => {
    given = true;
    node.remove();
  });
  facts.append(cancel);
  const start = async () => {
    if (given) return;
    try {
      const uploaded = await send(file, facts);
      const name = file.name;
      facts.replaceChildren(el('p', { class: 'good' }, 'Uploaded.'),
        button('Import as dataset', () => importDialog({ uri: uploaded.uri, name, folder: false }), { class: 'main' }));
      announce('Uploaded ', exact(name), '.');
    } catch (failure) {
      facts.replaceChildren(failure.name === 'AbortError'
        ? el('p', { class: 'quiet' }, 'Cancelled. Nothing was kept.')
        : problem(failure), button(failure.name === 'AbortError' ? 'Upload again' : 'Try again', start));
    }
  };
  return { node, start };
}

/** fetch tells nothing of the progress of what it sends; XMLHttpRequest does. */
function send(file, facts) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const bar = el('progress', { max: file.size || 1, value: 0, 'aria-label': `Upload of ${file.name}` });
    const told = el('span', { class: 'quiet number' });
    facts.replaceChildren(bar, told, button('Cancel', () => request.abort()));
    request.upload.addEventListener('progress', event => {
      bar.value = event.loaded;
      told.textContent = event.loaded < event.total ? `${Math.floor(100 * event.loaded / event.total)} %` : 'Storing…';
    });
    request.addEventListener('load', async () => {
      if (request.status === 401) signInAgain();
      if (request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(await problemOf(request.status, async () => JSON.parse(request.responseText)));
    });
    request.addEventListener('error', () => reject(new Problem(0, 'The upload broke off. Check the network, and try again.')));
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')));
    request.open('PUT', `/v4/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}
