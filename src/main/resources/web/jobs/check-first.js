import { html } from 'lit';
import { get, post } from '../api.js';
import { count, exact } from '../format.js';
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
 * Whether a job could be run, without running it: the service looks at the request, whether the files of the dataset are as
 * they were imported, and tries its folder on a connection.
 *
 * @param imported the dataset, or null where its files are found anew by each job
 * @return what is to be shown
 * @throws Problem if the request is refused
 */
export async function checkFirst(request, file, imported) {
  await post('/v4/jobGroups', { ...request, testMode: true });
  const odd = imported ? await changed(imported) : 0;
  if (odd) {
    return html`<div class="problem" role="alert"><p>${count(odd, 'file of the dataset has', 'files of the dataset have')} changed or gone since it was imported, so a job would refuse to read them. <a href="#/datasets/${imported.id}">Look again</a> at its source first.</p></div>`;
  }
  const { connectionId, ...place } = parse(file);
  if (!connectionId) return html`<p class="verdict good" role="status">The job can be run.</p>`;
  const path = write({ ...parent(place), connectionId: null });
  const test = await post(`/v4/connections/${connectionId}/status?${query({ purpose: 'write', write: true, path })}`);
  if (test.result === 'SUCCESS') return html`<p class="verdict good" role="status">The job can be run, and its folder can be written to.</p>`;
  const wrong = test.rows.filter(({ outcome, needed }) => needed && ['denied', 'wrong'].includes(outcome));
  return html`<div class="problem" role="alert"><div><p>${exact(test.message)}</p>
    <ul class="words">${wrong.filter(({ message }) => message !== test.message).map(({ message }) => html`<li>${exact(message)}</li>`)}</ul></div></div>`;
}

async function changed({ id }) {
  const found = await get(`/v4/importedDatasets/${id}/changes`);
  return found.changed.count + found.gone.count;
}
