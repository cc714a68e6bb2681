import { html, nothing } from 'lit';
import { get } from '../api.js';
import { exact, time } from '../format.js';

export const PROVIDERS = { default: 'A key pair', temporary: 'An IAM role', instance: 'What this service runs with' };

/** How base storage is used here: whether everybody has their own key pair, and whether a role may be entered. */
export async function storageMode(me, signal) {
  const [{ configuration }, { connectionMetadata }] = await Promise.all([
    get('/v4/workspaces/current/configuration', signal),
    get('/v4/connectorMetadata/aws', signal),
  ]);
  return {
    personal: configuration.some(({ key, value }) => key === 'aws.mode' && value === 'user'),
    roles: me.workspaceAdmin && connectionMetadata.credentialTypes.includes('iamRoleArn'),
  };
}

/**
 * What is known of credentials for base storage.
 *
 * @param whose in words, where that is to be said
 */
export function facts(config, whose) {
  const { role, credentialProvider, defaultBucket, extraBuckets, updatedAt } = config;
  const rows = [
    whose && ['Whose', whose],
    ['Used by', role ? html`${PROVIDERS.temporary}<div><code>${exact(role)}</code></div>` : PROVIDERS[credentialProvider] ?? credentialProvider],
    ['Default bucket', defaultBucket ? exact(defaultBucket) : 'The operator’s'],
    ['Extra buckets', buckets(extraBuckets)],
    updatedAt && ['Changed', time(updatedAt)],
  ];
  return html`<dl class="known">${rows.filter(Boolean).map(([term, said]) => html`<dt>${term}</dt><dd>${said ?? nothing}</dd>`)}</dl>`;
}

function buckets(names) {
  if (!names.length) return 'none';
  return names.includes('*') ? 'All that it reaches' : html`<ul class="buckets">${names.map(name => html`<li>${exact(name)}</li>`)}</ul>`;
}
