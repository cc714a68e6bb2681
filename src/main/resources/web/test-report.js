import { button, el, table } from './dom.js';
import { busy, copy, problem } from './feedback.js';
import { exact } from './format.js';

const OPERATIONS = {
  keyPair: 'Use the key pair',
  assumeRole: 'Assume the role',
  listBuckets: 'List all buckets',
  listObjects: 'List objects',
  getObject: 'Read an object',
  putObject: 'Write an object',
  conditionalPut: 'Write without overwriting',
  defaultChecksums: 'Write with checksums',
  beginUpload: 'Begin an upload in parts',
  listParts: 'List the parts of an upload',
  listUploads: 'List uploads in parts',
  abortUpload: 'Abort an upload in parts',
  encryptedUpload: 'Upload in parts with the KMS key',
  deleteObject: 'Remove what was written',
  caCertificate: 'Check the authority’s certificate',
  clock: 'Compare the clocks',
};
const OUTCOMES = { allowed: ['Allowed', 'complete'], denied: ['Denied', 'failed'], wrong: ['Wrong', 'failed'], skipped: ['Not tried', ''] };

/**
 * What a test has found, operation by operation.
 *
 * @param offers of `{ label, take() }`: what would mend something
 */
export function report(found, offers) {
  const works = found.result === 'SUCCESS';
  const rows = table('Operations that were tried', [
    { label: 'Operation', kind: 'wide what', cell: row => [el('strong', null, OPERATIONS[row.operation] ?? row.operation), el('div', null, exact(row.message)), permission(row)] },
    { label: 'Result', kind: 'outcome', cell: outcome },
  ]);
  rows.add(found.rows);
  return el('div', null,
    el('p', { class: `verdict ${works ? 'good' : 'bad-text'}` }, exact(found.message)),
    offers.length > 0 && el('div', { class: 'actions offers' }, offers.map(one => offer(one, works))),
    rows.node,
    found.policy && policy(found.policy));
}

function offer({ label, take }, works) {
  const wrong = el('div');
  return el('div', null, button(label, event => busy(event.currentTarget, 'Changing…', async () => {
    try {
      await take();
    } catch (failure) {
      wrong.replaceChildren(problem(failure));
    }
  }), { class: works ? null : 'main' }), wrong);
}

/** What the connection does without is no failure of it. */
function outcome(row) {
  const [word, kind] = OUTCOMES[row.outcome] ?? [row.outcome, ''];
  return [
    el('span', { class: `badge state ${kind === 'failed' && !row.needed ? 'warned' : kind}` }, word),
    kind === 'failed' && !row.needed && el('div', { class: 'quiet' }, 'not needed'),
  ];
}

function permission(row) {
  return row.action && el('div', { class: 'quiet' }, el('code', null, row.action), row.resource && [' on ', el('code', null, exact(row.resource))]);
}

function policy(statements) {
  const written = JSON.stringify(statements, null, 2);
  return el('details', { class: 'policy' }, el('summary', null, 'The smallest IAM policy for this'),
    el('div', { class: 'actions' }, copy(written, 'policy')),
    el('pre', { tabindex: '0', role: 'region', 'aria-label': 'IAM policy' }, written));
}
