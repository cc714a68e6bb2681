import { del, get, Problem } from '../api.js';
import { count, size } from '../format.js';
import { pause } from '../repeat.js';

const PAUSE = 500; // ms between two looks

/**
 * Waits until the service has looked at the source of a dataset.
 *
 * @param begun what it has answered at the beginning; null where it was done before
 * @param tell is given how far it is
 * @return whether it came to its end, and was not canceled
 * @throws Problem why it has failed
 */
export async function looked(begun, tell) {
  for (let seen = begun; seen; seen = await get(`/v4/imports/${begun.id}`)) {
    if (seen.status === 'failed') throw new Problem(0, seen.failure);
    if (seen.status !== 'running') return seen.status === 'complete';
    tell(seen);
    await pause(PAUSE);
  }
  return true;
}

export const stop = ({ id }) => del(`/v4/imports/${id}`).catch(() => {}); // which may have ended just now

export const farWords = ({ files, bytes }) => ['Looking: ', count(files, 'file', 'files'), ', ', size(bytes), ' so far…'];
