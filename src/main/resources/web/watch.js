import { get } from './api.js';
import { pause } from './repeat.js';

const BETWEEN = 1_000; // ms between two looks
const PATIENCE = 10_000; // the same where the service cannot be reached

/**
 * Tells how far something is until it is over: by events of the service, and by asking again and again where those break off.
 *
 * @param isOver whether that is the end, as it is told
 * @param tell is given each state, the last one as well
 * @return is kept at the end, and fails with a `Problem` where it is gone, or nobody is signed in; left aside once `signal` is aborted
 */
export function watch(path, signal, isOver, tell) {
  return new Promise((resolve, reject) => {
    const events = new EventSource(path);
    const ask = async () => {
      while (!signal.aborted) {
        try {
          const now = await get(path, signal);
          tell(now);
          if (isOver(now)) {
            resolve();
            return;
          }
          await pause(BETWEEN);
        } catch (failure) {
          if (failure.status === 404 || failure.status === 401) {
            reject(failure);
            return;
          }
          await pause(PATIENCE);
        }
      }
    };
    let asked = false;
    const broken = () => {
      events.close();
      if (!asked) ask();
      asked = true;
    };
    events.addEventListener('progress', ({ data }) => tell(JSON.parse(data)));
    events.addEventListener('end', () => {
      events.close(); // its end is no failure
      resolve();
    });
    events.addEventListener('problem', broken);
    events.addEventListener('error', broken);
    signal.addEventListener('abort', () => events.close());
  });
}

/** Tells of an import that goes on by itself; kept with what it was at its end. */
export async function watchImport(id, tell, signal = new AbortController().signal) {
  let last;
  await watch(`/v4/imports/${id}`, signal, ({ status }) => status !== 'running', now => {
    last = now;
    tell(now);
  });
  return last;
}
