import { get } from '../api.js';
import { saidOf } from '../datasets/source-words.js';
import { el, head, linkButton } from '../dom.js';
import { downloadLink } from '../download.js';
import { exact } from '../format.js';
import '../lineage-view.js';
import './job-profile.js';
import './job-view.js';

export const TITLE = 'Job';

const TABS = { results: ['Results', 'job-view'], profile: ['Profile', 'job-profile'], lineage: ['Lineage', 'lineage-view'] };

export async function show({ id, query, me, signal }) {
  const job = await load(id, signal);
  const tabs = Object.entries(TABS).filter(([name]) => name !== 'profile' || job.profilingEnabled);
  const chosen = tabs.some(([name]) => name === query.get('tab')) ? query.get('tab') : 'results';
  const content = Object.assign(document.createElement(TABS[chosen][1]), { job, me, fresh: stop => load(id, stop) });
  return [
    head([`Job ${id}: `, exact(job.name), saidOf(job).map(({ key, value }, index) => [index ? ', ' : ' with ', exact(key), ' ', exact(value)])],
      downloadLink({ href: `/v4/jobGroups/${id}/logs`, label: 'Log' }),
      job.wrangledDataset && linkButton(`#/datasets/${job.wrangledDataset.id}`, 'Its dataset')),
    el('nav', { class: 'tabs', 'aria-label': 'Of the job' }, tabs.map(([name, [label]]) => el('a', {
      href: name === 'results' ? `#/jobs/${id}` : `#/jobs/${id}?tab=${name}`,
      'aria-current': name === chosen && 'page',
    }, label))),
    content,
  ];
}

const load = (id, signal) => get(`/v4/jobGroups/${id}?embed=jobs.scriptResults,creator,writeSettings,wrangledDataset`, signal);
