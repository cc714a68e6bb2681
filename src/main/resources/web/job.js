import { get } from './api.js';
import { button, el, head, link, linkButton, table } from './dom.js';
import { announce, copy } from './feedback.js';
import { duration, exact, size, time } from './format.js';
import { importDialog } from './import-dialog.js';
import { badge, isRunning, repeat } from './job-status.js';
import { browse, location, parent, parse, write } from './uris.js';

export const TITLE = 'Job';

const STEPS = { wrangle: 'Run', filewriter: 'Publish', publish: 'Publish to another place' };

export async function show({ id, signal }) {
  const facts = el('div', { class: 'job' });
  let job = await load(id, signal);
  let before = JSON.stringify(job);
  facts.replaceChildren(...content(job));
  if (isRunning(job)) {
    repeat(signal, async () => {
      job = await load(id, signal);
      if (JSON.stringify(job) !== before) {
        before = JSON.stringify(job);
        facts.replaceChildren(...content(job));
        if (!isRunning(job)) announce(`Job ${job.id}: ${job.status.toLowerCase()}.`);
      }
      return isRunning(job) ? 1_000 : 0;
    });
  }
  return [
    head([`Job ${id}: `, exact(job.name)], job.wrangledDataset && linkButton(`#/datasets/${job.wrangledDataset.id}`, 'Its dataset')),
    facts,
  ];
}

async function load(id, signal) {
  const job = await get(`/v4/jobGroups/${id}?embed=jobs`, signal);
  const outputs = isRunning(job) ? { files: [] } : await get(`/v4/jobGroups/${id}/outputs`, signal);
  return { ...job, files: outputs.files };
}

function content(job) {
  return [
    el('p', { class: 'lead' }, badge(job), ' ', isRunning(job) ? 'since ' : 'started ', time(job.createdAt),
      !isRunning(job) && `, took ${duration(job.createdAt, job.updatedAt)}`),
    job.errorMessage && el('div', { class: 'problem' }, el('p', null, exact(job.errorMessage))),
    job.warning && el('div', { class: 'warning' }, el('p', null, exact(job.warning))),
    el('h2', null, 'Steps'),
    el('ol', { class: 'steps' }, (job.jobs?.data ?? []).map(step => el('li', null,
      el('strong', null, STEPS[step.jobType] ?? step.jobType), ' ', badge(step),
      step.errorMessage && step.errorMessage !== job.errorMessage && el('div', { class: 'bad-text' }, exact(step.errorMessage))))),
    el('h2', null, 'Results'),
    results(job),
  ].flat().filter(Boolean);
}

function results(job) {
  if (isRunning(job)) return el('p', { class: 'quiet' }, 'They appear all at once, when the job is complete.');
  if (!job.files.length) return el('p', { class: 'quiet' }, job.status === 'Failed' ? 'A failed job leaves none.' : 'This job wrote no files.');
  const rows = table('Results', [
    { label: 'File', kind: 'wide', cell: file => exact(location(parse(file.uri))) },
    { label: 'Size', kind: 'amount', cell: file => size(file.size) },
    { label: 'Actions', hidden: true, kind: 'do', cell: file => el('div', { class: 'actions' },
      copy(file.uri, 'address'), linkButton(browse(write(parent(parse(file.uri)))), 'Open folder')) },
  ]);
  rows.add(job.files);
  const folder = write(parent(parse(job.files[0].uri)));
  return [rows.node, el('p', { class: 'actions after' },
    button('Import as dataset', () => importDialog({ uri: folder, name: `${job.name} ${job.id}`, folder: true })))];
}
