const RECENT = 'wharf.sources'; // ids of connections, the last used first; null is base storage
const REMEMBERED = 20;

const read = () => JSON.parse(localStorage.getItem(RECENT) ?? '[]');

/** Puts a source before the others from now on. */
export function used(id) {
  localStorage.setItem(RECENT, JSON.stringify([id, ...read().filter(other => other !== id)].slice(0, REMEMBERED)));
}

/** Ids of connections, the one that was used last first. */
export const usedBefore = () => read().filter(id => id !== null);

/** The id of the source that was used last, of connections that may be used; else of the first of them, or of base storage. */
export function usedLast(connections) {
  const ids = connections.map(({ id }) => String(id));
  return [...read().filter(id => id === null || ids.includes(id)), ...ids, null][0];
}
