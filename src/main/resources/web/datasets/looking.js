import { del, Problem } from '../api.js';
import { count, size } from '../format.js';
import { watchImport } from '../watch.js';

/**
 * Waits until the service has looked at the source of a dataset.
 *
 * @param begun what it has answered at the beginning; null where it was done before
 * @param tell is given how far it is
 * @return whether it came to its end, and was not canceled
 * @throws Problem why it has failed
 */
export async function looked(begun, tell) {
  if (!begun) return true;
  const end = begun.status === 'running' ? await watchImport(begun.id, now => now.status === 'running' && tell(now)) : begun;
  if (end.status === 'failed') throw new Problem(0, end.failure);
  return end.status === 'complete';
}

export const stop = ({ id }) => del(`/v4/imports/${id}`).catch(() => {}); // which may have ended just now

export const farWords = ({ files, bytes }) => ['Looking: ', count(files, 'file', 'files'), ', ', size(bytes), ' so far…'];
