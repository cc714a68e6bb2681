import { post } from '../api.js';
import { visible } from '../format.js';
import { pause } from '../repeat.js';
import { parse } from '../uris.js';

const LONGEST_NAME = 255;
const TOO_MANY = 429;

/**
 * Makes a dataset of a file that was uploaded, once, also where two tabs go on with it: each asks under the number of the
 * upload, which is its folder. What is no data stays an upload.
 *
 * @param waits is told why that takes longer
 */
export async function dataset(item, signal, waits) {
  const id = `upload-${parse(item.stored.uri).key.split('/').at(-2)}`;
  for (;;) {
    try {
      const name = visible(item.path.replaceAll('/', ' ')).slice(0, LONGEST_NAME);
      const made = await post('/v4/importedDatasets', { uri: item.stored.uri, name }, { 'x-execution-id': id });
      return { state: 'done', dataset: made?.id ?? null };
    } catch (failure) {
      if (failure.status !== TOO_MANY) return { state: 'unread', failure: failure.message };
      waits(failure.message);
      await pause((failure.retryAfter ?? 10) * 1_000);
      signal.throwIfAborted();
    }
  }
}
