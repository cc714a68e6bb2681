import { button, el } from './dom.js';
import { whisper } from './feedback.js';
import { count } from './format.js';
import { uploadRow } from './upload-row.js';

export const UPLOADING = 'Files are being uploaded, which will break off.';

const AT_ONCE = 3;

// They belong to the page, not to a view: they go on, and can be seen, while one moves about.
let rows = [];
const are = state => rows.filter(row => row.state === state);
const list = el('ul', { class: 'uploads' });
const heading = el('summary');
const stop = button('Cancel all', cancelAll);
const tidy = button('Clear finished', () => keep(row => row.state !== 'done' && row.state !== 'cancelled'), { class: 'plain' });
const details = el('details', null, heading, list, el('div', { class: 'actions' }, stop, tidy));
const tray = el('aside', { class: 'tray', 'aria-label': 'Uploads', hidden: true }, details);
document.body.append(tray);

/** Whether some have not ended yet. */
export const uploading = () => are('waiting').length + are('running').length > 0;

/** Uploads files, `{ file, path }`, several at a time. */
export function upload(files) {
  for (const file of files) {
    const row = uploadRow(file, next);
    rows.push(row);
    list.append(row.node);
  }
  next();
}

/** Shows the uploads inside a view until that is left, and else in a corner of the page. */
export function trayIn(signal) {
  details.open = true;
  signal.addEventListener('abort', () => {
    details.open = false;
    document.body.append(tray);
  });
  return tray;
}

export function cancelAll() {
  for (const row of [...rows].reverse()) row.cancel(); // those that wait first, so that none of them begins
}

function next() {
  for (const row of are('waiting').slice(0, AT_ONCE - are('running').length)) {
    row.run().then(() => {
      next();
      if (!uploading()) whisper(ending());
    });
  }
  tell();
}

function ending() {
  const failed = are('failed').length;
  return `${count(are('done').length, 'file is', 'files are')} uploaded${failed ? `, ${failed} failed` : ''}.`;
}

function keep(wanted) {
  for (const row of rows) if (!wanted(row)) row.node.remove();
  rows = rows.filter(wanted);
  tell();
}

function tell() {
  const busy = uploading();
  const sizes = rows.reduce((sum, row) => sum + row.size, 0);
  const failed = are('failed').length;
  heading.textContent = busy
    ? `Uploading: ${are('done').length} of ${count(rows.length, 'file', 'files')}, ${Math.floor(100 * rows.reduce((sum, row) => sum + row.loaded, 0) / (sizes || 1))} %`
    : ending();
  heading.classList.toggle('bad-text', failed > 0);
  stop.hidden = !busy;
  tidy.hidden = !are('done').length && !are('cancelled').length;
  tray.hidden = !rows.length;
}

setInterval(() => uploading() && tell(), 500);
addEventListener('beforeunload', event => uploading() && event.preventDefault());
// A file that is dropped beside the place for it would be opened in place of the page.
for (const kind of ['dragover', 'drop']) {
  addEventListener(kind, event => event.dataTransfer.types.includes('Files') && event.target.type !== 'file' && event.preventDefault());
}
