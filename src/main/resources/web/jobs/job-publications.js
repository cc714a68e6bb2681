import { html, nothing } from 'lit';
import { get } from '../api.js';
import { exact, time } from '../format.js';
import { Loaded } from '../loaded.js';
import { repeat } from '../repeat.js';
import { table } from '../table.js';
import { location, parse } from '../uris.js';
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
    return data;
  }

  content(data) {
    return data.length ? html`<h2>Published to</h2>${table('Publications', [
      { label: 'Place', kind: 'wide', cell: ({ path, jobGroup, errorMessage }) => html`${exact(location(parse(path)))} ${jobGroup ? html`<div class="quiet"><a href="#/jobs/${jobGroup.id}">Job ${jobGroup.id}</a></div>` : nothing}${errorMessage ? html`<div class="clip bad-text">${exact(reasonOf({ errorMessage }))}</div>` : nothing}` },
      { label: 'Status', cell: badge },
      { label: 'Started', kind: 'when', cell: ({ createdAt }) => time(createdAt) },
    ], data)}` : nothing;
  }
}

customElements.define('job-publications', JobPublications);
