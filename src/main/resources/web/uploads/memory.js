const KEY = 'wharf.uploads';

/**
 * What of somebody's uploads can be gone on with after a reload: `{ address, size, modified }`. A page may not keep a file;
 * by these it knows it when it is chosen again. What it is called the service knows. What is uploaded and no dataset yet is
 * `{ address, path, size }`, by its address in the store.
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
    this.#keep({ address, size: file.size, modified: file.lastModified });
  }

  keepStored(address, { path, size }) {
    this.#keep({ address, path, size });
  }

  #keep(one) {
    this.#write([...this.all().filter(({ address }) => address !== one.address), one]);
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
