import { del, get } from '../api.js';
import { whisper } from '../feedback.js';
import { count } from '../format.js';
import { dataset } from './dataset.js';
import { Memory } from './memory.js';
import { Rate } from './rate.js';
import { send } from './sending.js';

export const UPLOADING = 'Files are being uploaded, which will break off.';

const AT_ONCE = 3;
const LONGEST_PAUSE = 30; // s
const MOST_TRIES = 6; // that are answered by one and the same refusal, within about a minute
const TOO_MANY = 429;
const STOPPABLE = new Set(['waiting', 'running', 'broken', 'paused']);
const BUSY = new Set(['waiting', 'running', 'broken', 'importing']);

/**
 * Files on their way. They belong to the page, not to a view. An item is `{ path, file, size, sent, far, state, failure,
 * seconds, rate, address, kept, dataset }`. After a break less has arrived than was `sent`, and `kept` is what the service has; `far` is how far it was at most, which is shown. Its state is one of `waiting running broken paused lost importing done unread failed cancelled`:
 * `broken` goes on by itself after `seconds`, `lost` when its file is chosen again, and `unread` is no dataset.
 */
class Uploads extends EventTarget {
  items = [];
  #memory;
  #stops = new Map();

  /** Whose they are; what was under way before a reload is found again. */
  async belongTo(me) {
    if (this.#memory) return;
    this.#memory = new Memory(me);
    await Promise.all(this.#memory.all().map(one => this.#find(one)));
  }

  async #find({ address, path, size, modified }) {
    if (path) {
      this.#add({ path, size, sent: size, state: 'importing', stored: { uri: address } });
      this.#import(this.items.at(-1), new AbortController().signal);
      return;
    }
    try {
      const { name, offset, upload } = await get(address);
      if (upload) this.#memory.forget(address);
      else if (!this.items.some(item => item.address === address)) this.#add({ path: name, size, modified, address, sent: offset, state: 'lost' });
    } catch (failure) {
      if (failure.status === 404 || failure.status === 410) this.#memory.forget(address);
    }
  }

  get busy() {
    return this.items.some(({ state }) => BUSY.has(state));
  }

  are(state) {
    return this.items.filter(item => item.state === state);
  }

  /** Uploads files, `{ file, path }`, some at a time; one that was lost goes on. */
  add(files) {
    for (const { file, path } of files) {
      const lost = this.are('lost').find(item => item.size === file.size && item.modified === file.lastModified && item.path === file.name);
      if (lost) Object.assign(lost, { file, path, state: 'waiting' });
      else this.#add({ file, path, size: file.size, sent: 0, state: 'waiting' });
    }
    this.#next();
  }

  #add(item) {
    this.items = [...this.items, { tries: 0, refused: 0, rate: new Rate(), far: item.sent, kept: 0, ...item }];
    this.#tell();
  }

  pause(item) {
    this.#stop(item, 'paused');
  }

  goOn(item) {
    if (item.state === 'failed') Object.assign(item, { tries: 0, refused: 0 });
    this.#stop(item, 'waiting');
    this.#next();
  }

  cancel(item) {
    this.#stop(item, 'cancelled');
    if (!item.address) return;
    this.#memory.forget(item.address);
    del(item.address).catch(() => {}); // which expires by itself
    item.address = null;
  }

  cancelAll() {
    for (const item of this.items.filter(({ state }) => STOPPABLE.has(state))) this.cancel(item);
  }

  /** Ends what this page does for them; what can be gone on with later stays so. */
  leave() {
    for (const item of this.items.filter(({ state }) => BUSY.has(state))) this.#stop(item, 'paused');
  }

  clear() {
    this.items = this.items.filter(({ state }) => !['done', 'unread', 'cancelled'].includes(state));
    this.#tell();
  }

  #stop(item, state) {
    Object.assign(item, { state, failure: null, ...(state === 'cancelled' && { sent: 0, far: 0 }) });
    this.#stops.get(item)?.abort();
    this.#tell();
  }

  #next() {
    for (const item of this.are('waiting').slice(0, Math.max(0, AT_ONCE - this.are('running').length))) this.#run(item);
    this.#tell();
  }

  async #run(item) {
    const stop = new AbortController();
    this.#stops.set(item, stop);
    Object.assign(item, { state: 'running', failure: null, storing: false });
    item.rate.begin();
    const tell = values => {
      if (stop.signal.aborted) return;
      Object.assign(item, values);
      this.#tell();
    };
    try {
      const stored = await send(item, {
        began: address => {
          if (stop.signal.aborted && (item.state !== 'paused' || item.address)) {
            del(address).catch(() => {}); // nobody goes on with it
            return;
          }
          this.#memory.keep(address, item.file);
          Object.assign(item, { address, far: 0, kept: 0 });
        },
        kept: bytes => {
          if (bytes > item.kept) Object.assign(item, { tries: 0, refused: 0 });
          item.kept = bytes;
        },
        sent: bytes => {
          item.rate.note(bytes);
          tell({ sent: bytes, far: Math.max(item.far, bytes), storing: false });
        },
        stored: () => tell({ storing: true }),
      }, stop.signal);
      this.#memory.keepStored(stored.uri, item);
      if (item.address) this.#memory.forget(item.address);
      tell({ state: 'importing', sent: item.size, far: item.size, stored });
      this.#next();
      await this.#import(item, stop.signal);
    } catch (failure) {
      if (!stop.signal.aborted) this.#failed(item, failure, stop.signal);
    }
    this.#next();
    if (!this.busy) whisper(this.ending());
  }

  /** A page that is left meanwhile goes on with it when it is opened again. */
  async #import(item, signal) {
    const made = await dataset(item, signal, waits => {
      item.waits = waits;
      this.#tell();
    });
    this.#memory.forget(item.stored.uri);
    Object.assign(item, made);
    this.#tell();
  }

  #failed(item, failure, signal) {
    if (item.address && (failure.status === 404 || failure.status === 410)) {
      this.#memory.forget(item.address);
      item.address = null;
    }
    const { status, retryAfter } = failure;
    const passes = status === 0 || status === TOO_MANY; // a line that breaks, and many files at a time
    item.refused = passes ? 0 : item.refused + 1;
    const passing = passes || ([409, 423].includes(status) || status >= 500) && item.refused < MOST_TRIES;
    Object.assign(item, { failure: failure.message, state: passing ? 'broken' : 'failed', ...((status >= 500 || !passing) && { far: item.address ? item.kept : 0 }) });
    if (passing) this.#goOnIn(Math.max(retryAfter ?? 0, Math.min(LONGEST_PAUSE, 2 ** item.tries++)), item, signal);
  }

  /** Counts down; the network's return ends that. */
  #goOnIn(seconds, item, signal) {
    item.seconds = seconds;
    const tick = setInterval(() => {
      if (item.state !== 'broken' || signal.aborted) clearInterval(tick);
      else if (--item.seconds <= 0) this.goOn(item);
      else this.#tell();
    }, 1_000);
  }

  ending() {
    const failed = this.are('failed').length;
    const left = this.are('paused').length + this.are('lost').length;
    const unread = this.are('unread').length;
    const there = this.are('done').length + unread;
    return [
      (there || !left && !failed) && `${count(there, 'file is', 'files are')} uploaded`,
      unread && `${unread.toLocaleString()} of them no ${unread === 1 ? 'dataset' : 'datasets'} yet`,
      failed && `${count(failed, 'upload', 'uploads')} failed`,
      left && `${count(left, 'upload', 'uploads')} can be gone on with`,
    ].filter(Boolean).join(', ') + '.';
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

export const uploads = new Uploads();

addEventListener('online', () => uploads.are('broken').forEach(item => uploads.goOn(item)));
addEventListener('beforeunload', event => uploads.busy && event.preventDefault());
// A file that is dropped beside the place for it would be opened in place of the page.
for (const kind of ['dragover', 'drop']) {
  addEventListener(kind, event => event.dataTransfer.types.includes('Files') && event.target.type !== 'file' && event.preventDefault());
}
