import { button, el, head } from '../dom.js';
import { problem } from '../feedback.js';
import { count } from '../format.js';
import { filesOf } from './dropped-files.js';
import { trayIn } from './upload-tray.js';
import { uploads } from './uploads.js';

export const TITLE = 'Upload';

export function show({ signal }) {
  const said = el('div', { role: 'status' });
  const take = async source => {
    try {
      const { files, leftOut } = await filesOf(source);
      uploads.add(files);
      said.replaceChildren(leftOut ? el('p', { class: 'quiet' }, `${count(leftOut, 'hidden file was', 'hidden files were')} left out.`)
        : files.length ? '' : el('p', { class: 'quiet' }, 'There are no files in it.'));
    } catch (failure) {
      said.replaceChildren(problem(failure));
    }
  };
  const zone = el('div', { class: 'drop' },
    el('p', null, 'Drop files or folders here'),
    el('div', { class: 'actions' }, choice('Choose files', take, 'main'), choice('Choose a folder', take, '', { webkitdirectory: true })),
    el('p', { class: 'quiet' }, 'Each file becomes a dataset, and is kept unchanged in a folder of your own. Uploads go on while you do something else here, and after a broken connection.'));
  zone.addEventListener('dragover', event => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', event => {
    event.preventDefault();
    zone.classList.remove('over');
    take(event.dataTransfer);
  });
  return [head(TITLE), zone, said, trayIn(signal)];
}

/** A button that opens the browser's own way to choose. */
function choice(label, take, kind, props) {
  const input = el('input', { type: 'file', multiple: true, hidden: true, ...props, onchange: async () => {
    await take(input);
    input.value = '';
  } });
  return [button(label, () => input.click(), { class: kind }), input];
}
