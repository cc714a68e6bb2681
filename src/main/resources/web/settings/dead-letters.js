import { html, render } from 'lit';
import { get } from '../api.js';
import { el } from '../dom.js';
import { count, exact, time } from '../format.js';
import { query as encoded } from '../uris.js';
import { forAdministrators, workspaceHead } from './tabs.js';

export const TITLE = 'Dead letters';

const ROWS = 50;

/** Messages that no job has come of. */
export async function show({ query, me, signal }) {
  if (!me.workspaceAdmin) return forAdministrators(TITLE);
  const offset = Number(query.get('offset')) || 0;
  const find = query.get('find') ?? '';
  const { data, count: total } = await get(`/v4/deadLetters?${encoded({ limit: ROWS, offset, includeCount: true, ...(find && { filter: find, filterType: 'contains' }) })}`, signal);
  const view = el('div');
  render(template({ data, total, offset, find }), view);
  return [workspaceHead('/deadLetters', me), view];
}

const template = ({ data, total, offset, find }) => html`
  <p class="lead quiet">Messages that asked for a job and can never become one as they are, each with the reason. Correct one and send it again, or dismiss it.</p>
  <form class="tools" role="search" data-passing @submit=${seek}><div class="search"><input type="search" name="find" aria-label="Find by reason" placeholder="Find by reason" .value=${find} autocomplete="off"><button type="submit">Find</button></div></form>
  ${data.length ? html`<ul class="letters">${data.map(row)}</ul>` : html`<div class="empty"><p>${find ? 'No dead letter has such a reason.' : 'There are none: every message has found its job.'}</p></div>`}
  ${total > ROWS ? html`<p class="more">${offset > 0 ? html`<a class="button" href=${page(offset - ROWS, find)}>Newer</a>` : ''} ${offset + 1} to ${offset + data.length} of ${total.toLocaleString()} ${offset + data.length < total ? html`<a class="button" href=${page(offset + ROWS, find)}>Older</a>` : ''}</p>` : ''}`;

const row = ({ id, reason, queue, createdAt, status, deliveries, jobGroup }) => html`<li class="sheet">
  <a href="#/workspace/deadLetters/${id}">${exact(reason)}</a>${status === 'replayed' ? html` <span class="badge">Sent again</span>` : ''}
  <div class="quiet"><code>${queue}</code> · ${time(createdAt)} · ${count(deliveries, 'delivery', 'deliveries')}${jobGroup ? html` · <a href="#/jobs/${jobGroup.id}">Job ${jobGroup.id}</a>` : ''}</div></li>`;

function page(offset, find) {
  const asked = encoded({ ...(offset > 0 && { offset }), ...(find && { find }) });
  return `#/workspace/deadLetters${asked && '?'}${asked}`;
}

function seek(event) {
  event.preventDefault();
  window.location.hash = page(0, event.target.elements.find.value.trim());
}
