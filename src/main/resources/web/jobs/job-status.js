import { el } from '../dom.js';

const WORDS = { Created: 'Waiting', Pending: 'Waiting', InProgress: 'Running', Complete: 'Complete', Failed: 'Failed', Canceled: 'Canceled', Skipped: 'Skipped' };

// With this a job that has failed half-way says by which calls it goes on; the page has buttons for them.
const CALLS = / PUT \/v4\/jobGroups\/\d+\/publish goes on.*$/s;

/** Why a job has failed. */
export const reasonOf = ({ errorMessage }) => errorMessage?.replace(CALLS, '');

/** Whether a job has failed with some results visible, and others not. */
export const goesOn = ({ status, errorMessage }) => status === 'Failed' && CALLS.test(errorMessage ?? '');

export const isRunning = ({ status }) => ['Created', 'Pending', 'InProgress'].includes(status);

export function badge(job) {
  const warned = job.status === 'Complete' && job.warning;
  return el('span', { class: `badge state ${warned ? 'warned' : job.status.toLowerCase()}` }, warned ? 'Complete, with a warning' : WORDS[job.status] ?? job.status);
}
