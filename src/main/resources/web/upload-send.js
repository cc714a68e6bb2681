import { NOT_SIGNED_IN, Problem, problemOf } from './api.js';
import { signInAgain } from './sign-in-again.js';

/**
 * Sends a file to base storage. Where the service says when to try again, that is done then.
 *
 * @param told `{ sent(bytes), stored(), waiting(problem, seconds) }`; `waiting` is told once a second, down to 0
 */
export async function send(file, told, signal) {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await put(file, told, signal);
    } catch (failure) {
      if (failure.status === 401) {
        if (await signInAgain()) continue;
        throw new Problem(401, NOT_SIGNED_IN);
      }
      if (!failure.retryAfter) throw failure;
      await wait(failure, told, signal);
    }
  }
}

async function wait(failure, told, signal) {
  for (let seconds = failure.retryAfter; seconds > 0; seconds--) {
    told.waiting(failure, seconds);
    await new Promise((resolve, reject) => {
      setTimeout(resolve, 1_000);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}

/** fetch tells nothing of the progress of what it sends; XMLHttpRequest does. */
function put(file, told, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.upload.addEventListener('progress', event => told.sent(event.loaded));
    request.upload.addEventListener('load', told.stored);
    request.addEventListener('load', async () => {
      const body = async () => JSON.parse(request.responseText);
      if (request.status < 300) resolve(body());
      else reject(await problemOf(request.status, body, Number(request.getResponseHeader('retry-after')) || null));
    });
    request.addEventListener('error', () => reject(new Problem(0, 'The upload broke off. Check the network, and that the file is still there, and try again.')));
    request.addEventListener('abort', () => reject(signal.reason));
    request.open('PUT', `/v4/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    told.sent(0);
    request.send(file);
  });
}
