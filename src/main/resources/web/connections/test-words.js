// What the operations of a test are called here; one that is missing is shown by its own name.
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
  partChecksums: 'Send parts with checksums',
  listParts: 'List the parts of an upload',
  listUploads: 'List uploads in parts',
  abortUpload: 'Abort an upload in parts',
  encryptedUpload: 'Upload in parts with the KMS key',
  deleteObject: 'Remove what was written',
  caCertificate: 'Check the authority’s certificate',
  clock: 'Compare the clocks',
};

export const OUTCOMES = { allowed: ['Allowed', 'complete'], denied: ['Denied', 'failed'], wrong: ['Wrong', 'failed'], skipped: ['Not tried', ''] };

export const label = operation => OPERATIONS[operation] ?? operation;
export const failed = ({ outcome }) => outcome === 'denied' || outcome === 'wrong';
export const works = ({ result }) => result === 'SUCCESS';

const quoted = rows => rows.map(({ operation }) => `“${label(operation)}”`).join(', ');

// What keeps all from working, by the field that is to be mended; details are said at the operation.
const CAUSES = {
  'params.endpoint': 'its endpoint does not answer as an S3 store does',
  'credentials[0].secret': 'the secret does not belong to the access key',
  'credentials[0].key': 'the store does not accept the key pair',
  'params.region': 'the store is in another region',
};

/** In a sentence; what the matter is with an operation is said where that is, and only there. */
export function verdict(report) {
  const wrong = report.rows.filter(failed);
  if (works(report)) return wrong.length ? `The connection works. Worth reading: ${quoted(wrong)}.` : 'The connection works.';
  const needed = wrong.filter(row => row.needed);
  const cause = !report.rows.some(({ outcome }) => outcome === 'allowed') && needed.find(({ field }) => CAUSES[field]);
  if (cause) return `The connection does not work: ${CAUSES[cause.field]}.`;
  return needed.length ? `The connection does not work: ${quoted(needed)} failed.` : report.message;
}

/** What was not tried for one and the same reason is one row. */
export function merged(rows) {
  const seen = new Map();
  for (const row of rows) {
    const same = row.outcome === 'skipped' ? row.message : row;
    if (seen.has(same)) seen.get(same).operations.push(row.operation);
    else seen.set(same, { ...row, operations: [row.operation] });
  }
  return [...seen.values()];
}

/** Why something was not tried; that it was not is said beside it. Operations are called as they are here. */
export function words({ outcome, message }) {
  if (outcome !== 'skipped') return message;
  const why = message.replace(/^not tried, as /, 'Because ').replace(/^not tried: (.)/, (all, first) => first.toUpperCase());
  return why.replace(/\b[a-z]+[A-Z][A-Za-z]+\b/g, name => (OPERATIONS[name] ? `“${OPERATIONS[name]}”` : name));
}

const CHECKSUMS = { WHEN_SUPPORTED: 'Send checksums always', WHEN_REQUIRED: 'Send checksums only where S3 requires them' };

/**
 * What the store has told that is not what the connection says.
 *
 * @param now answers what is set under a parameter's name
 * @return of `{ name, value, label }`
 */
export function offers({ settings }, now) {
  const usual = now('params.endpoint') ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED';
  return [
    { name: 'params.region', value: settings.region, present: now('params.region') ?? 'us-east-1', label: `Use region ${settings.region}` },
    { name: 'params.checksums', value: settings.checksums, present: now('params.checksums') ?? usual, label: CHECKSUMS[settings.checksums] },
  ].filter(({ value, present }) => value && value !== present);
}
