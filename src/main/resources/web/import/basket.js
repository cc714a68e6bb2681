import { announce } from '../feedback.js';
import { count, visible } from '../format.js';

const KEPT = 'wharf.basket';
const MOST = 200; // datasets: more files than these are meant to be one
// What is done for an item by this tab ends with it; the service goes on with an import whose id is known.
const AFTER_RELOAD = { checking: 'waiting', importing: 'unchecked' };

/**
 * What somebody has chosen to import, kept until the tab is closed. An item is `{ uri, folder, name, settings, state }`,
 * with `parameters` where parts of its path vary, `report` once it was checked, `failure` where it was refused, `importId`
 * and `sent` while it is imported, and `dataset` in the end. Its state is one of
 * `waiting checking ready refused unchecked changed importing imported`.
 */
export class Basket extends EventTarget {
  items = [];
  #byUri = new Map();
  #key;

  constructor(me) {
    super();
    this.#key = `${KEPT}.${me.workspaceId}.${me.personId}`;
    const kept = JSON.parse(sessionStorage.getItem(this.#key) ?? '[]');
    this.#put(kept.map(item => ({ ...item, state: item.importId ? 'importing' : AFTER_RELOAD[item.state] ?? item.state })));
  }

  /** Whether it is going to be imported; what has been can be chosen anew. */
  has(uri) {
    return this.#byUri.has(uri) && this.#byUri.get(uri).state !== 'imported';
  }

  /** @return how many of them there was no room for */
  add(entries) {
    const wanted = entries.filter(({ uri }) => !this.has(uri));
    const added = wanted.slice(0, Math.max(0, MOST - this.items.length)).map(({ uri, name, type }) => ({
      uri, folder: type === 'folder', name: proposed(name, type), settings: {}, state: 'waiting',
    }));
    const anew = new Set(added.map(({ uri }) => uri));
    if (added.length) this.#put([...this.items.filter(({ uri }) => !anew.has(uri)), ...added]);
    return wanted.length - added.length;
  }

  /** @return those that are gone; what is being imported stays */
  remove(uris) {
    const wanted = new Set(uris);
    const goes = ({ uri, state }) => state !== 'importing' && wanted.has(uri);
    const gone = this.items.filter(goes);
    this.#put(this.items.filter(item => !goes(item)));
    return gone;
  }

  /** Puts back what was removed, with its name and settings. */
  restore(items) {
    const back = items.filter(({ uri }) => !this.#byUri.has(uri)).map(item => ({ ...item, state: AFTER_RELOAD[item.state] ?? item.state, progress: null }));
    this.#put([...back, ...this.items].slice(0, MOST));
  }

  /** @return whether it is still here */
  change(uri, values) {
    const item = this.#byUri.get(uri);
    if (item) {
      Object.assign(item, values);
      this.#tell();
    }
    return Boolean(item);
  }

  get(uri) {
    return this.#byUri.get(uri);
  }

  #put(items) {
    this.items = items;
    this.#byUri = new Map(items.map(item => [item.uri, item]));
    this.#tell();
  }

  #tell() {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(this.items));
    } catch {
      sessionStorage.removeItem(this.#key); // more than a tab can keep: it is only lost with the tab then
    }
    this.dispatchEvent(new Event('change'));
  }
}

/** @param left how many names there was no room for */
export function tellFull(left) {
  if (left) announce(`The basket is full, with ${MOST} datasets: ${count(left, 'name was', 'names were')} not added. To import many files as one dataset, add their folder.`);
}

/** A file's name without its extensions, a folder's as it is; but for what would make another name of it on the screen. */
const proposed = (name, type) => visible(type === 'folder' ? name : name.replace(/(?<=.)(\.[A-Za-z0-9]{1,8}){1,2}$/, '')).slice(0, 255);
