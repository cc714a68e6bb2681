import { html, nothing } from 'lit';
import '../download.js';
import { copy } from '../feedback.js';
import { count, exact, size, visible } from '../format.js';
import { preview } from '../preview.js';
import { table } from '../table.js';
import { archive, browse, location, name, parent, parse, write } from '../uris.js';
import { isRunning } from './job-status.js';
import './job-publications.js';
import { makeDataset, publishElsewhere } from './result-dialogs.js';
import { formatWords, placeOf } from './result-options.js';

// What a publication has written elsewhere is shown by itself.
const files = job => (job.jobs?.data ?? []).filter(({ jobType }) => jobType !== 'publish' || job.ranfor === 'publish').flatMap(({ scriptResults }) => scriptResults?.data ?? []);

/** What a job has written, and what can be done with it. */
export function resultsOf(job, changed) {
  const written = files(job);
  return html`<h2>Results</h2>
    ${made(job)}
    ${isRunning(job) || !written.length ? nothingYet(job) : html`${shown(job, written)}
      ${job.status === 'Complete' ? html`<div class="actions after">
        ${zip(written)}
        <button type="button" @click=${() => publishElsewhere(job, changed)}>Publish elsewhere</button></div>` : nothing}
      <job-publications .job=${job}></job-publications>`}`;
}

function made({ newDataset, status, warning }) {
  if (newDataset?.id) return html`<p>Dataset made of them: <a href="#/datasets/${newDataset.id}">${exact(newDataset.name)}</a></p>`;
  return newDataset && status === 'Complete' && !warning ? html`<p class="quiet" role="status">The dataset ${exact(newDataset.name)} is being made of them…</p>` : nothing;
}

function nothingYet(job) {
  if (!isRunning(job)) return html`<p class="quiet">${job.status === 'Complete' ? 'This job wrote no files.' : 'Nothing of it is visible.'}</p>`;
  const settings = job.writeSettings?.data ?? [];
  return html`<p class="quiet">They appear all at once, when the job is complete${settings.length ? ':' : '.'}</p>
    <ul class="words">${settings.map(setting => html`<li>${exact(location(placeOf(setting, job.id)))} <span class="quiet">${formatWords(setting)}</span></li>`)}</ul>`;
}

function shown(job, written) {
  const several = new Set(written.map(({ output }) => output)).size > 1;
  return table('Results', [
    { label: 'File', kind: 'wide', cell: file => html`<button type="button" class="plain inline" @click=${() => preview({ uri: file.uri, name: name(parse(file.uri)), etag: file.etag, download: `/v4/scriptResults/${file.id}/download`, dataset: job.wrangledDataset?.id })}>${exact(name(parse(file.uri)))}</button>
      <div class="quiet"><a href=${browse(write(parent(parse(file.uri))))}>${exact(location(parent(parse(file.uri))))}</a></div>` },
    { label: 'Size', kind: 'amount', cell: file => size(file.size) },
    { label: 'Actions', hidden: true, kind: 'do', cell: file => html`<div class="actions">
      <download-link .href=${`/v4/scriptResults/${file.id}/download`} .said=${`Download ${visible(name(parse(file.uri)))}`}></download-link>
      ${job.status === 'Complete' ? html`<button type="button" @click=${() => makeDataset(job, file.output)} aria-label=${several ? `New dataset from ${visible(name(parse(file.uri)))}` : nothing}>New dataset</button>` : nothing}
      ${copy(file.uri, 'address') || nothing}</div>` },
  ], written);
}

function zip(written) {
  const link = archive(written.map(({ uri }) => uri), written.map(({ etag }) => etag)) ?? archive([...new Set(written.map(({ uri }) => write(parent(parse(uri)))))]);
  return link ? html`<download-link .href=${link} .label=${`Download ${written.length > 1 ? `${count(written.length, 'file', 'files')} ` : ''}as ZIP`}></download-link>` : nothing;
}
