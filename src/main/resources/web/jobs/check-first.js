import { html } from 'lit';
import { post } from '../api.js';
import { exact } from '../format.js';
import { parent, parse, query, write } from '../uris.js';

// Where in the request something is wrong, of which the last name alone is one that somebody here has seen.
const WHERE = /^(?:tasks\[\d\][\w.]*: )?(?:overrides\.writesettings\[\d\]\.)?|(?: \(overrides[\w.[\]]*\))?$/g;

/** Refusals say where in the request the fault is; here it is shown at its field. */
export const plain = work => async () => {
  try {
    return await work();
  } catch (failure) {
    failure.message = failure.message.replace(WHERE, '');
    throw failure;
  }
};

/**
 * Whether a job could be run, without running it: the service looks at the request, and tries its folder on a connection.
 *
 * @return what is to be shown
 * @throws Problem if the request is refused
 */
export async function checkFirst(request, file) {
  await post('/v4/jobGroups', { ...request, testMode: true });
  const { connectionId, ...place } = parse(file);
  if (!connectionId) return html`<p class="verdict good" role="status">The job can be run.</p>`;
  const path = write({ ...parent(place), connectionId: null });
  const test = await post(`/v4/connections/${connectionId}/status?${query({ purpose: 'write', write: true, path })}`);
  if (test.result === 'SUCCESS') return html`<p class="verdict good" role="status">The job can be run, and its folder can be written to.</p>`;
  const wrong = test.rows.filter(({ outcome, needed }) => needed && ['denied', 'wrong'].includes(outcome));
  return html`<div class="problem" role="alert"><div><p>${exact(test.message)}</p>
    <ul class="words">${wrong.filter(({ message }) => message !== test.message).map(({ message }) => html`<li>${exact(message)}</li>`)}</ul></div></div>`;
}
