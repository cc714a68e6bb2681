import { el } from '../dom.js';
import { words } from '../words.js';

const WORDS = { Created: 'Waiting', Pending: 'Waiting', InProgress: 'Running', Complete: 'Complete', Failed: 'Failed', Canceled: 'Canceled', Skipped: 'Skipped' };

// With this a job that has failed half-way says by which calls it goes on; the page has buttons for them.
const CALLS = / PUT \/v4\/jobGroups\/\d+\/publish goes on.*$/s;

// The same where the files of its dataset are not those that were imported.
export const REFRESH = /(changed or gone since it was imported\.) Refresh it(?: \(POST [^)]*\))? and start the job again: /;

/** Why a job has failed. */
export const reasonOf = ({ errorMessage }) => errorMessage && words(errorMessage.replace(CALLS, '').replace(REFRESH, '$1 Look again at its source, and run it again: '));

/** Whether a job has failed as the files of its dataset are others by now. */
export const filesChanged = ({ status, errorMessage }) => status === 'Failed' && REFRESH.test(errorMessage ?? '');

/** Whether a job has failed with some results visible, and others not. */
export const goesOn = ({ status, errorMessage }) => status === 'Failed' && CALLS.test(errorMessage ?? '');

export const isRunning = ({ status }) => ['Created', 'Pending', 'InProgress'].includes(status);

export function badge(job) {
  const warned = job.status === 'Complete' && job.warning;
  return el('span', { class: `badge state ${warned ? 'warned' : job.status.toLowerCase()}` }, warned ? 'Complete, with a warning' : WORDS[job.status] ?? job.status);
}
