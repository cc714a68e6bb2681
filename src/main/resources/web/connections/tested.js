const KEPT = 'wharf.tested';

// What this browser has last found out about connections, by their ids. A connection that was changed since is another one.
const read = () => JSON.parse(localStorage.getItem(KEPT) ?? '{}');

/** @param connection that was tried */
export function remember({ id, updatedAt }, { result, message }) {
  localStorage.setItem(KEPT, JSON.stringify({ ...read(), [id]: { works: result === 'SUCCESS', message, updatedAt, at: new Date().toISOString() } }));
}

/** What was found out about a connection: `{ works, message, at }`, or nothing. */
export function lastTest({ id, updatedAt }) {
  const found = read()[id];
  return found?.updatedAt === updatedAt ? found : null;
}
