import { html, nothing } from 'lit';
import { get } from '../api.js';
import { exact, time } from '../format.js';
import { Loaded } from '../loaded.js';
import { repeat } from '../repeat.js';
import { table } from '../table.js';
import { browse, location, parent, parse, write } from '../uris.js';
import { badge, isRunning, reasonOf } from './job-status.js';

/** To which other places the results of a job were published. */
class JobPublications extends Loaded {
  static properties = { job: { attribute: false } };

  willUpdate(changed) {
    if (changed.get('job')) this.load(); // something was published
  }

  async fetch(signal) {
    const { data } = await get(`/v4/jobGroups/${this.job.id}/publications`, signal);
    if (data.some(isRunning)) {
      repeat(signal, async () => {
        await this.load();
        return 0; // which looks again by itself
      });
    }
    return Promise.all(data.map(async publication => ({ ...publication, folder: await this.#folder(publication, signal) })));
  }

  /** Where the copy lies, in a folder of its own; null as long as nothing does, or for whom the job is not to be seen. */
  async #folder({ status, jobGroup }, signal) {
    if (status !== 'Complete' || !jobGroup) return null;
    const job = await get(`/v4/jobGroups/${jobGroup.id}?embed=jobs.scriptResults`, signal).catch(() => null);
    const [file] = (job?.jobs?.data ?? []).flatMap(({ scriptResults }) => scriptResults?.data ?? []);
    return file ? parent(parse(file.uri)) : null;
  }

  content(data) {
    return data.length ? html`<h2>Published to</h2>${table('Publications', [
      { label: 'Place', kind: 'wide', cell: ({ path, folder, jobGroup, errorMessage }) => html`${folder ? html`<a href=${browse(write(folder))}>${exact(location(folder))}</a>` : exact(location(parse(path)))} ${jobGroup ? html`<div class="quiet"><a href="#/jobs/${jobGroup.id}">Job ${jobGroup.id}</a></div>` : nothing}${errorMessage ? html`<div class="clip bad-text">${exact(reasonOf({ errorMessage }))}</div>` : nothing}` },
      { label: 'Status', cell: badge },
      { label: 'Started', kind: 'when', cell: ({ createdAt }) => time(createdAt) },
    ], data)}` : nothing;
  }
}

customElements.define('job-publications', JobPublications);
