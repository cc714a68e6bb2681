import { el, head } from './dom.js';
import { problem } from './feedback.js';
import { count } from './format.js';
import { filesOf } from './dropped-files.js';
import { trayIn, upload } from './uploads.js';

export const TITLE = 'Upload';

export function show({ signal }) {
  const said = el('div', { role: 'status' });
  const take = async source => {
    try {
      const { files, leftOut } = await filesOf(source);
      upload(files);
      said.replaceChildren(leftOut ? el('p', { class: 'quiet' }, `${count(leftOut, 'hidden file was', 'hidden files were')} left out.`)
        : files.length ? '' : el('p', { class: 'quiet' }, 'There are no files in it.'));
    } catch (failure) {
      said.replaceChildren(problem(failure));
    }
  };
  const choose = (label, props) => {
    const input = el('input', { type: 'file', multiple: true, ...props, onchange: async () => {
      await take(input);
      input.value = '';
    } });
    return el('label', null, el('span', null, label), input);
  };
  const zone = el('div', { class: 'drop' },
    el('p', null, 'Drop files or folders here, or choose some.'),
    el('div', { class: 'choose' }, choose('Files'), choose('A folder', { webkitdirectory: true })),
    el('p', { class: 'quiet' }, 'They are kept unchanged in base storage, in a folder of your own, and go on while you do something else here. Of folders the files are kept, each by its name.'));
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
