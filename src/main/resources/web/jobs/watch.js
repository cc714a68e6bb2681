import { get } from '../api.js';
import { repeat } from '../repeat.js';

/**
 * Tells how far a job is until it is over: by events of the service, and by asking again and again where those break off.
 *
 * @param tell is given each progress
 * @param over is called once, at the end
 */
export function watch(id, signal, tell, over) {
  const path = `/v4/jobGroups/${id}/progress`;
  const events = new EventSource(path);
  let ended = false;
  const end = () => {
    if (!ended) over();
    ended = true;
    events.close();
  };
  const ask = () => repeat(signal, async () => {
    const progress = await get(path, signal);
    tell(progress);
    if (progress.step !== 'over') return 1_000;
    end();
    return 0;
  });
  events.addEventListener('progress', ({ data }) => tell(JSON.parse(data)));
  events.addEventListener('end', end);
  const broken = () => {
    events.close();
    if (!ended && !signal.aborted) ask();
  };
  events.addEventListener('problem', broken, { once: true });
  events.addEventListener('error', broken, { once: true });
  signal.addEventListener('abort', () => events.close());
}
