import { html, nothing } from 'lit';
import { post } from '../api.js';
import { exact } from '../format.js';
import { REFRESH, reasonOf } from './job-status.js';

// Where in the request something is wrong, of which the last name alone is one that somebody here has seen.
const WHERE = /^(?:tasks\[\d\][\w.]*: )?(?:overrides\.writesettings\[\d\]\.)?|(?: \(overrides[\w.[\]]*\))?$/g;

const UNMATCHED = /^runParameters: Nothing matches/;

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
 * Whether a job could be run, without running it: the service looks at the request, tries to write where its results are to
 * go, and looks whether the files of the dataset are as they were imported.
 *
 * @param imported the dataset, or null where its files are found anew by each job
 * @param scheduled whether it is run later, when its path may match what is not there yet
 * @return what is to be shown
 * @throws Problem if the request is refused
 */
export async function checkFirst(request, imported, scheduled = false) {
  try {
    await post('/v4/jobGroups', { ...request, testMode: true });
  } catch (failure) {
    if (failure.status === 404 && scheduled && UNMATCHED.test(failure.message)) return good(html` At present nothing matches its path.`);
    if (!REFRESH.test(failure.message)) throw failure;
    if (imported) {
      return html`<div class="problem" role="alert"><p>${exact(reasonOf({ errorMessage: failure.message }))}</p>
        <div class="actions"><a class="button" href="#/datasets/${imported.id}">Look again</a></div></div>`;
    }
  }
  return good();
}

const good = (remark = nothing) => html`<p class="verdict good" role="status">The job can be run, and its folder can be written to.${remark}</p>`;
