import { get, lines } from '../api.js';
import { opened, parse, query, write } from '../uris.js';

const PAGE = 1_000; // as many as the service gives
const AHEAD = 200; // rows below the last one that is seen
const UNASKED = 50_000; // names that are looked at for a filter before somebody is asked whether to go on
const FOUND = 10_000; // names that a search gives at most
const GLOB = /[*?[{]/;
const SLICE = 20_000; // names that are compared at a time, so that typing is never held up

/**
 * What is in a place, page by page as somebody scrolls, or what a search finds at any depth below it, while it goes on; and
 * what of it a filter lets through.
 */
export class Listing {
  rows = [];
  shown = this.rows;
  loading = false;
  failure = null;
  complete = false;
  asked = 0; // names that were looked at when somebody last asked for more

  #token = null;
  #filter = '';
  #filtered = 0; // rows that were compared with the filter
  #run = 0;
  #stop = new AbortController();

  /**
   * @param begins instead of all names only those that begin so, which the store itself finds
   * @param search a part of a name, or a pattern such as `2024/**\/*.csv`
   * @param changed is told of each change
   */
  constructor({ uri, hidden, allBuckets, begins, search }, changed) {
    this.place = parse(uri);
    this.options = {
      uri,
      showHidden: hidden,
      ...((allBuckets || (search && !this.place.bucket)) && { allBuckets: true }),
      ...(begins && { query: begins, mode: 'prefix' }),
      ...(search && { query: search, mode: GLOB.test(search) ? 'glob' : 'contains', progress: true, limit: FOUND }),
    };
    this.path = begins || search ? '/vfsSearch' : '/vfsList';
    this.begins = begins;
    this.search = search;
    this.scanned = 0; // objects that the search has looked at
    this.cut = false; // whether the search has ended before it has looked at everything
    this.changed = changed;
  }

  get isFolder() {
    return this.place.key === '' || this.place.key.endsWith('/');
  }

  /** Whether it is the buckets of a connection that are listed. */
  get isBuckets() {
    return !this.place.bucket;
  }

  get filter() {
    return this.#filter;
  }

  get paused() {
    return Boolean(this.#filter) && !this.complete && !this.loading && !this.failure && this.rows.length - this.asked >= UNASKED;
  }

  close() {
    this.#stop.abort();
  }

  async more() {
    if (this.loading || this.complete) return;
    this.loading = true;
    this.failure = null;
    this.changed();
    try {
      await (this.search ? this.#find() : this.#page());
    } catch (failure) {
      if (failure.name === 'AbortError') return;
      this.failure = failure;
    } finally {
      this.loading = false;
    }
    await this.#compare();
    this.changed();
  }

  async #page() {
    const page = await get(`${this.path}?${query({ ...this.options, limit: PAGE, ...(this.#token && { nextToken: this.#token }) })}`, this.#stop.signal);
    if (!this.rows.length && !this.begins) this.place = opened(this.place, page.data);
    this.#add(page.data);
    this.#token = page.nextToken;
    this.complete = !page.nextToken;
  }

  async #find() {
    this.rows.length = 0; // of a search that failed
    let progress = {};
    for await (const some of lines(`${this.path}?${query(this.options)}`, this.#stop.signal)) {
      progress = some.findLast(line => line.type === 'progress') ?? progress;
      this.scanned = progress.scanned ?? 0;
      this.#add(some.filter(line => line.type !== 'progress'));
      await this.#compare();
      this.changed();
    }
    this.complete = true;
    this.cut = !progress.complete;
  }

  /** Ends a search; what it has found stays. */
  stop() {
    this.close();
    this.complete = true;
    this.cut = true;
    this.changed();
  }

  #add(rows) {
    for (const { name, uri, type, size, lastModified, archived, restore, storageClass } of rows) {
      this.rows.push({ name, uri, type, size, lastModified, archived, restore, storageClass });
    }
  }

  /** Fetches what will be seen soon. */
  need(last) {
    const far = last + AHEAD >= this.shown.length;
    if (far && !this.loading && !this.complete && !this.failure && !this.paused) this.more();
  }

  /** Goes on where a filter has looked at many names. */
  further() {
    this.asked = this.rows.length;
    this.more();
  }

  async setFilter(text) {
    this.#filter = text.toLowerCase();
    this.#run++;
    this.#filtered = 0;
    this.asked = this.rows.length;
    this.shown = this.#filter ? [] : this.rows;
    await this.#compare();
    this.changed();
  }

  async #compare() {
    if (!this.#filter) return;
    const run = this.#run;
    while (run === this.#run && this.#filtered < this.rows.length) {
      const end = Math.min(this.rows.length, this.#filtered + SLICE);
      for (; this.#filtered < end; this.#filtered++) {
        const row = this.rows[this.#filtered];
        if (row.name.toLowerCase().includes(this.#filter)) this.shown.push(row);
      }
      if (end < this.rows.length) await new Promise(resolve => { setTimeout(resolve); });
    }
  }
}

/** Whether it can be imported: a whole bucket cannot, and an archived file must be restored first. */
export const importable = row => Boolean(parse(row.uri).key) && !row.archived;

/** The folder of a listing as an entry that can be imported. */
export function asEntry(place) {
  const parts = place.key.split('/');
  return { name: parts.at(-2), uri: write(place), type: 'folder', archived: false };
}
