import { html, nothing } from 'lit';
import { get } from './api.js';
import { placeWords } from './datasets/source-words.js';
import { exact } from './format.js';
import { badge } from './jobs/job-status.js';
import { Loaded } from './loaded.js';
import { location, parse } from './uris.js';

/** Where the data of a dataset or a job comes from, and what was made of it. */
class LineageView extends Loaded {
  static properties = { imported: { attribute: false }, job: { attribute: false } };

  fetch(signal) {
    return get(this.job ? `/v4/jobGroups/${this.job.id}/lineage` : `/v4/importedDatasets/${this.imported.id}/lineage`, signal);
  }

  content({ nodes, edges, truncated }) {
    const here = this.job ? `jobGroup/${this.job.id}` : `importedDataset/${this.imported.id}`;
    const byName = new Map(nodes.map(node => [node.name, node]));
    const follow = (name, from, to, seen = new Set([name])) => {
      const next = edges.filter(edge => edge[from] === name).map(edge => edge[to]).filter(other => byName.has(other) && !seen.has(other));
      next.forEach(other => seen.add(other)); // each is shown once, where it is nearest
      return next.map(other => ({ node: byName.get(other), next: follow(other, from, to, seen) }));
    };
    const before = follow(here, 'to', 'from');
    const after = follow(here, 'from', 'to');
    return html`
      <h2>Comes from</h2>
      ${before.length ? tree(before) : html`<p class="quiet">${this.job ? 'Results that another engine announced, or that you may not see.' : 'Its source alone: no job that you may see has made its files.'}</p>`}
      <h2>What was made of it</h2>
      ${after.length ? tree(after) : html`<p class="quiet">Nothing yet.</p>${this.job ? nothing : html`<p class="actions after"><a class="button" href="#/datasets/${this.imported.id}/run">Run</a></p>`}`}
      ${truncated ? html`<p class="quiet">There is more than is shown here.</p>` : nothing}`;
  }
}

const tree = branches => html`<ul class="lineage">${branches.map(({ node, next }) => html`<li>${named(node)}${next.length ? tree(next) : nothing}</li>`)}</ul>`;

function named(node) {
  const { type, id, title, status, ranfor, uris } = node;
  const job = type === 'jobGroup';
  return html`<span class="quiet">${job ? (ranfor === 'publish' ? 'Publication' : 'Job') : 'Dataset'}</span>
    <a href="${job ? '#/jobs/' : '#/datasets/'}${id}">${job ? `${id} ` : nothing}${exact(title)}</a> ${status ? badge({ status }) : nothing}
    ${uris.slice(0, 1).map(uri => html`<div class="quiet">${job ? exact(location(parse(uri))) : placeWords({ ...node, uri })}${uris.length > 1 ? ` and ${uris.length - 1} more` : nothing}</div>`)}`;
}

customElements.define('lineage-view', LineageView);
