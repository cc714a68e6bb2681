import { el } from '../dom.js';

const WORDS = { Created: 'Waiting', Pending: 'Waiting', InProgress: 'Running', Complete: 'Complete', Failed: 'Failed', Canceled: 'Canceled', Skipped: 'Skipped' };

export const isRunning = ({ status }) => ['Created', 'Pending', 'InProgress'].includes(status);

export function badge(job) {
  const warned = job.status === 'Complete' && job.warning;
  return el('span', { class: `badge state ${warned ? 'warned' : job.status.toLowerCase()}` }, warned ? 'Complete, with a warning' : WORDS[job.status] ?? job.status);
}
