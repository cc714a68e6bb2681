const WINDOW = 5_000; // ms

/** How quickly bytes go, over the last seconds. */
export class Rate {
  #seen = [];

  begin() {
    this.#seen = [];
  }

  note(bytes) {
    const now = performance.now();
    this.#seen = [...this.#seen.filter(([at]) => now - at < WINDOW), [now, bytes]];
  }

  /** In bytes a second; 0 where it is not known yet. */
  get value() {
    if (this.#seen.length < 2) return 0;
    const [[from, first]] = this.#seen;
    const [to, last] = this.#seen.at(-1);
    return to - from < 500 ? 0 : Math.max(0, (last - first) / (to - from) * 1_000);
  }
}
