import { del, lines, repeatable } from '../api.js';
import { pause } from '../repeat.js';
import { watchImport } from '../watch.js';
import { dynamic } from './parameters.js';

const AT_ONCE = 2;
const IGNORED = 100; // names that are shown of those that are ignored

/** What the service does for the items of a basket: it looks at them before they are imported, and imports them. */
export class Work {
  #running = 0;
  #notBefore = 0; // when the service may be asked again, as it has said
  #stops = new Map();
  #left = []; // to be imported

  constructor(basket) {
    this.basket = basket;
    basket.addEventListener('change', () => this.#next());
    for (const { uri, importId } of basket.items.filter(item => item.importId)) this.#follow(uri, importId);
    this.#next();
  }

  /** Looks again, as with other settings. */
  again(uri, settings) {
    this.#stops.get(uri)?.abort();
    this.basket.change(uri, { settings, state: 'waiting', failure: null });
  }

  /** Its path varies otherwise: it waits until somebody wants to see what matches. */
  vary(uri, parameters) {
    this.#stops.get(uri)?.abort();
    this.basket.change(uri, { parameters, state: 'changed', report: null, progress: null, failure: null });
  }

  #next() {
    for (const [uri, stop] of this.#stops) if (!this.basket.has(uri)) stop.abort();
    while (this.#running < AT_ONCE && Date.now() >= this.#notBefore) {
      const item = this.basket.items.findLast(({ state }) => state === 'waiting'); // the last ones are seen first
      if (!item) return;
      this.#running++;
      item.state = 'checking';
      this.#check(item).finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }

  async #check(item) {
    const stop = new AbortController();
    this.#stops.set(item.uri, stop);
    const tell = values => stop.signal.aborted || this.basket.change(item.uri, values);
    const ignored = [];
    tell({ report: null, progress: null, ignored, failure: null });
    try {
      for await (const some of lines('/v4/importedDatasets/dryRun', stop.signal, body(item))) {
        for (const line of some) {
          if (line.type === 'ignored' && ignored.length < IGNORED) ignored.push(line);
          if (line.type === 'progress') tell({ progress: line });
          if (line.type === 'report') tell({ report: line.report, progress: null, state: line.report.importable ? 'ready' : 'refused' });
        }
      }
    } catch (failure) {
      if (stop.signal.aborted) return;
      if (failure.status === 429) {
        this.#wait(failure);
        tell({ progress: { wait: failure.message }, state: 'waiting' });
      } else {
        tell({ failure: failure.message, progress: null, state: failure.status === 0 || failure.status >= 500 ? 'unchecked' : 'refused' });
      }
    } finally {
      if (this.#stops.get(item.uri) === stop) this.#stops.delete(item.uri);
    }
  }

  /** All looks wait where one was too many. */
  #wait({ retryAfter = 10 }) {
    this.#notBefore = Date.now() + retryAfter * 1_000;
    pause(retryAfter * 1_000 + 50).then(() => this.#next());
  }

  /** Imports what nothing is known to speak against, some at a time. */
  async importAll() {
    const chosen = this.basket.items.filter(importableItem);
    for (const { uri } of chosen) {
      this.#stops.get(uri)?.abort();
      this.basket.change(uri, { state: 'importing', failure: null, progress: null });
    }
    this.#left.push(...chosen);
    await Promise.all(Array.from({ length: AT_ONCE }, async () => {
      while (this.#left.length) await this.#import(this.#left.shift());
    }));
  }

  /** What has not begun is not imported. */
  stop() {
    for (const { uri } of this.#left.splice(0)) this.basket.change(uri, { state: 'unchecked', progress: null });
  }

  async #import(item) {
    const sent = item.sent ?? {};
    try {
      const answer = repeatable(sent)('/v4/importedDatasets', body(item), { prefer: 'respond-async' });
      this.basket.change(item.uri, { sent }); // before its answer, which may be lost
      const begun = await answer;
      if (!begun) { // a lost answer: it was carried out
        this.basket.change(item.uri, { state: 'imported', dataset: null });
        return;
      }
      this.basket.change(item.uri, { importId: begun.id, progress: begun });
      await this.#follow(item.uri, begun.id);
    } catch (failure) {
      if (failure.status === 429) {
        this.basket.change(item.uri, { progress: { wait: failure.message } });
        this.#left.unshift(item);
        await pause((failure.retryAfter ?? 10) * 1_000);
      } else {
        this.basket.change(item.uri, { state: 'refused', failure: failure.message, progress: null });
      }
    }
  }

  async #follow(uri, id) {
    const end = await watchImport(id, progress => this.basket.change(uri, { progress })).catch(({ message }) => ({ status: 'failed', failure: message }));
    this.basket.change(uri, {
      sent: null, // the same again is another import
      importId: null,
      progress: null,
      ...(end.status === 'complete' ? { state: 'imported', dataset: end.importedDataset.id } : { state: end.status === 'canceled' ? 'unchecked' : 'refused', failure: end.failure }),
    });
  }

  cancel(item) {
    if (item.importId) del(`/v4/imports/${item.importId}`).catch(() => {}); // which may have ended just now
  }
}

export const importableItem = ({ state, name }) => name.trim() !== '' && ['waiting', 'checking', 'ready', 'unchecked'].includes(state);

const body = item => ({ uri: item.uri, name: item.name.trim() || 'unnamed', ...item.settings, ...dynamic(item) });
