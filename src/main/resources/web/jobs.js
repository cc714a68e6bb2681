import { get } from './api.js';
import { button, el, empty, head, link, linkButton, table } from './dom.js';
import { busy, problem } from './feedback.js';
import { duration, exact, time } from './format.js';
import { badge, isRunning, repeat } from './job-status.js';

export const TITLE = 'Jobs';

const ROWS = 50;

export async function show({ signal }) {
  const first = (await list(0, signal)).data;
  if (!first.length) {
    return [head(TITLE), empty('No jobs yet. A job reads a dataset and writes results into a folder of its own: choose a dataset and run it.',
      linkButton('#/datasets', 'Choose a dataset', 'main'))];
  }
  const wrong = el('div');
  const rows = table('Jobs', [
    { label: 'Job', kind: 'wide', cell: job => [link(`#/jobs/${job.id}`, el('span', { class: 'quiet' }, `${job.id} `), exact(job.name)),
      job.errorMessage && el('div', { class: 'clip bad-text' }, exact(job.errorMessage))] },
    { label: 'Status', cell: badge },
    { label: 'Started', kind: 'when', cell: job => time(job.createdAt) },
    { label: 'Took', kind: 'amount', cell: job => (isRunning(job) ? '' : duration(job.createdAt, job.updatedAt)) },
  ]);
  let jobs = [];
  const append = page => {
    jobs = jobs.concat(page);
    rows.add(page);
    more.hidden = page.length < ROWS;
  };
  const more = button('More', event => busy(event.currentTarget, 'Loading…', async () => {
    try {
      append((await list(jobs.length, signal)).data);
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
    }
  }));
  append(first);
  repeat(signal, async () => {
    const fresh = (await list(0, signal)).data;
    if (jobs.length <= ROWS && JSON.stringify(fresh) !== JSON.stringify(jobs)) {
      const focused = document.activeElement?.closest?.('table a')?.hash;
      rows.clear();
      rows.add(jobs = fresh);
      if (focused) rows.node.querySelector(`a[href="${focused}"]`)?.focus();
    }
    return jobs.some(isRunning) ? 2_000 : 10_000;
  });
  return [head(TITLE, linkButton('#/datasets', 'Run a dataset')), rows.node, wrong, el('div', { class: 'more' }, more)];
}

const list = (offset, signal) => get(`/v4/jobGroups?limit=${ROWS}&offset=${offset}`, signal);
