import { repeatable } from '../api.js';
import { visible } from '../format.js';
import { pause } from '../repeat.js';

const LONGEST_NAME = 255;
const TOO_MANY = 429;

/**
 * Makes a dataset of a file that was uploaded. What is no data stays an upload.
 *
 * @param waits is told why that takes longer
 */
export async function dataset(item, signal, waits) {
  item.importing ??= repeatable();
  for (;;) {
    try {
      const name = visible(item.path.replaceAll('/', ' ')).slice(0, LONGEST_NAME);
      const made = await item.importing('/v4/importedDatasets', { uri: item.stored.uri, name });
      return { state: 'done', dataset: made?.id ?? null };
    } catch (failure) {
      if (failure.status !== TOO_MANY) return { state: 'unread', failure: failure.message };
      waits(failure.message);
      await pause((failure.retryAfter ?? 10) * 1_000);
      signal.throwIfAborted();
    }
  }
}
