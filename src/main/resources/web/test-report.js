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

const label = operation => OPERATIONS[operation] ?? operation;
const quoted = rows => rows.map(({ operation }) => `“${label(operation)}”`).join(', ');
const failed = ({ outcome }) => OUTCOMES[outcome]?.[1] === 'failed';

export const works = found => found.result === 'SUCCESS';

/** In a sentence; what the matter is with an operation is said where that is, and only there. */
export function verdict(found) {
  const wrong = found.rows.filter(failed);
  if (works(found)) return wrong.length ? `The connection works. Worth reading: ${quoted(wrong)}.` : 'The connection works.';
  const needed = wrong.filter(row => row.needed);
  return needed.length ? `The connection does not work: ${quoted(needed)} failed.` : found.message;
}

/**
 * What a test has found, operation by operation.
 *
 * @param offers of `{ label, take() }`: what would mend something
 */
export function report(found, offers) {
  const rows = table('Operations that were tried', [
    { label: 'Operation', kind: 'wide what', cell: what },
    { label: 'Result', kind: 'outcome', cell: outcome },
  ]);
  rows.add(merged(found.rows));
  return el('div', null,
    offers.length > 0 && el('div', { class: 'actions offers' }, offers.map(one => offer(one, works(found)))),
    rows.node,
    found.policy && policy(found.policy));
}

/** What went well is said by its message alone; of all else one wants to know of what it is. */
function what(row) {
  return row.outcome === 'allowed' ? exact(row.message)
    : [el('strong', null, row.operations.map(label).join(', ')), el('div', null, exact(words(row))), permission(row)];
}

/** What was not tried for one and the same reason is one row. */
function merged(rows) {
  const seen = new Map();
  for (const row of rows) {
    const same = row.outcome === 'skipped' ? row.message : row;
    if (seen.has(same)) seen.get(same).operations.push(row.operation);
    else seen.set(same, { ...row, operations: [row.operation] });
  }
  return [...seen.values()];
}

/** Why something was not tried; that it was not is said beside it. Operations are called as they are here. */
function words({ outcome, message }) {
  if (outcome !== 'skipped') return message;
  const why = message.replace(/^not tried, as /, 'Because ').replace(/^not tried: (.)/, (all, first) => first.toUpperCase());
  return why.replace(/\b[a-z]+[A-Z][A-Za-z]+\b/g, name => (OPERATIONS[name] ? `“${OPERATIONS[name]}”` : name));
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

/** Where the message names the permission already, and where none is missing, that is enough. */
function permission(row) {
  return row.outcome === 'denied' && row.action && !row.message.includes(row.action) && el('div', { class: 'quiet' }, el('code', null, row.action), row.resource && [' on ', el('code', null, exact(row.resource))]);
}

function policy(statements) {
  const written = JSON.stringify(statements, null, 2);
  return el('details', { class: 'policy' }, el('summary', null, 'The smallest IAM policy for this'),
    el('div', { class: 'actions' }, copy(written, 'policy')),
    el('pre', { tabindex: '0', role: 'region', 'aria-label': 'IAM policy' }, written));
}
