import { repeatable } from '../api.js';

const LONGEST_NAME = 255;
const TOO_MANY = 429;

const pause = seconds => new Promise(resolve => { setTimeout(resolve, seconds * 1_000); });

/** Makes a dataset of a file that was uploaded. What is no data stays an upload. */
export async function dataset(item, signal) {
  item.importing ??= repeatable();
  for (;;) {
    try {
      const name = item.path.replaceAll('/', ' ').slice(0, LONGEST_NAME);
      const made = await item.importing('/v4/importedDatasets', { uri: item.stored.uri, name });
      return { state: 'done', dataset: made?.id ?? null };
    } catch (failure) {
      if (failure.status !== TOO_MANY) return { state: 'unread', failure: failure.message };
      await pause(failure.retryAfter ?? 10);
      signal.throwIfAborted();
    }
  }
}
