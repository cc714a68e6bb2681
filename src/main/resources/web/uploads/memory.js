const KEY = 'wharf.uploads';

/**
 * What of somebody's uploads can be gone on with after a reload: `{ address, size, modified }`. A page may not keep a file;
 * by these it knows it when it is chosen again. What it is called the service knows.
 */
export class Memory {
  #key;

  constructor({ workspaceId, personId }) {
    this.#key = `${KEY}.${workspaceId}.${personId}`;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? '[]');
    } catch {
      return [];
    }
  }

  keep(address, file) {
    this.#write([...this.all().filter(one => one.address !== address), { address, size: file.size, modified: file.lastModified }]);
  }

  forget(address) {
    this.#write(this.all().filter(one => one.address !== address));
  }

  #write(kept) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Without room for it an upload goes on for as long as the page is open.
    }
  }
}
