import { checkbox, field, fromFile, lines, secret, select, text, tidied } from './forms.js';

// What the page says of the parameters that it knows. One that the service adds is shown as it describes it.
const WORDS = {
  name: { label: 'Connection name' },
  description: { label: 'Connection description' },
  credentialType: { label: 'Used by', values: { keySecret: 'A key pair', iamRoleArn: 'An IAM role' } },
  'credentials[0].iamRoleArn': {
    label: 'IAM role ARN',
    hint: 'The key pair below assumes it. Without one Wharf does so as itself, which only administrators may set up.',
    placeholder: 'arn:aws:iam::111122223333:role/partner-drop',
  },
  'credentials[0].externalId': { hint: 'What the role’s trust policy asks for, if it does. Never shown again.' },
  'credentials[0].key': { label: 'Access key ID', hint: '' },
  'credentials[0].secret': { label: 'Secret key', hint: 'Kept encrypted, and never shown again.' },
  'credentials[0].serverSideEncryption': { label: 'Server-side encryption', values: { none: 'None', AES256: 'SSE-S3 (AES256)', 'aws:kms': 'SSE-KMS (aws:kms)' } },
  'credentials[0].serverSideKmsKeyId': {
    label: 'KMS key',
    hint: 'A key’s ARN or id, alias/<name>, or alias/aws/s3 for the key that AWS manages.',
    placeholder: 'arn:aws:kms:eu-west-1:111122223333:key/…',
  },
  bucket: {
    label: 'Default bucket',
    hint: 'The name alone. Browsing begins here; without one it begins with all buckets that the key pair may list.',
    placeholder: 'partner-drop-eu',
  },
  'params.region': { hint: 'us-east-1 if left empty. Each connection is for the buckets of one region.' },
  'params.endpoint': { hint: 'For stores other than AWS, such as MinIO, Ceph or R2; empty for AWS.', placeholder: 'https://s3.example.org' },
  'params.pathStyle': { hint: 'The bucket in the path rather than in the host’s name. Automatic: only with an endpoint.' },
  'params.checksums': { hint: 'Some stores refuse the newer checksums.', values: { WHEN_SUPPORTED: 'Always', WHEN_REQUIRED: 'Only where S3 requires them' } },
  'params.caCertificate': {
    hint: 'PEM, of the authority that signed the store’s certificate, where Wharf does not know it. Trusted for this connection only.',
    placeholder: '-----BEGIN CERTIFICATE-----',
  },
  disableTypeInference: { label: 'Default column data type inference', hint: 'Find out the types of columns; otherwise all are text.', inverted: true },
  isGlobal: { hint: 'Everybody in the workspace may use it. This cannot be taken back.' },
  credentialsShared: { label: 'Everybody enters their own key pair', hint: 'Otherwise those who share the connection work with yours.', inverted: true },
};

// How `awsKeySecret`, the other name of the one kind of credential, calls the two.
const ALIAS = { 'credentials[0].key': 'credentials[0].awsAccessKey', 'credentials[0].secret': 'credentials[0].awsSecretKey' };

/** Whether a parameter is of the key pair, which is never shown. */
export const isCredential = name => name.startsWith('credentials[');

/**
 * Draws what the kind of connection asks for.
 *
 * @param parameters of `GET /v4/connectorMetadata/aws`
 * @param credentialType the one of the connection to change, which stays
 * @param credentialTypes those that a new connection can have
 * @param pair `kept` where there is one that stays if nothing is entered, `none` where it may be left out
 * @return by the parameter's name: `{ name, node, input, read(), write(value) }`
 */
export function drawn(parameters, { credentialType, credentialTypes = [], pair } = {}) {
  const fields = new Map([['credentialType', kind(credentialType, credentialTypes)]]);
  for (const parameter of parameters) fields.set(parameter.name, draw(parameter, credentialType, isCredential(parameter.name) ? pair : null));
  for (const parameter of parameters) obey(fields.get(parameter.name), parameter, fields, pair);
  return fields;
}

/** With what a connection is used: chosen where there is something to choose, and once. */
function kind(fixed, possible) {
  const { label, values: words } = WORDS.credentialType;
  const known = Object.entries(words).filter(([type]) => possible.includes(type));
  if (fixed || known.length < 2) return { name: 'credentialType', node: null, read: () => fixed ?? 'keySecret', write() {} };
  const input = select(known);
  return { name: 'credentialType', node: field('credentialType', label, input, 'This cannot be changed later.'), input, ...values(input) };
}

function draw(parameter, credentialType, pair) {
  const words = WORDS[parameter.name] ?? {};
  const input = inputFor(parameter, words, pair);
  const name = (credentialType === 'awsKeySecret' && ALIAS[parameter.name]) || parameter.name;
  const node = field(name, words.label ?? parameter.displayName, input, words.hint ?? parameter.description);
  if (parameter.type === 'secret' || parameter.name.endsWith('.key')) tidied(node);
  if (parameter.type === 'text') node.append(fromFile(input, '.pem,.crt,.cer'));
  return { name, node, input, ...(input.type === 'checkbox' ? ticks(input, words.inverted) : values(input, parameter.type)) };
}

const PAIRS = { kept: 'kept as it is', none: 'none yet' };

function inputFor({ type, required, maxLength, default: usual, values: options }, words, pair) {
  const props = { required: required && !pair, maxlength: maxLength, placeholder: PAIRS[pair] ?? words.placeholder ?? usual };
  if (type === 'secret') return secret(props);
  if (type === 'text') return lines(props);
  if (type === 'boolean' && usual !== undefined) return checkbox({ checked: usual !== Boolean(words.inverted) });
  if (type !== 'enum' && type !== 'boolean') return text({ ...props, inputmode: type === 'uri' ? 'url' : null });
  const known = type === 'boolean' ? [['true', 'Yes'], ['false', 'No']] : options.map(value => [value, words.values?.[value] ?? value]);
  const nothing = pair === 'kept' ? 'Kept as it is' : usual === undefined && 'Automatic';
  return select(nothing ? [['', nothing], ...known] : known);
}

const ticks = (input, inverted) => ({
  read: () => input.checked !== Boolean(inverted),
  write: value => { input.checked = value !== Boolean(inverted); },
});

/** Nothing, null, is what was left empty. */
const values = (input, type) => ({
  read: () => (input.disabled || input.value.trim() === '' ? null : type === 'boolean' ? input.value === 'true' : input.value.trim()),
  write: value => { input.value = value ?? ''; },
});

/** What is of no use with the present values is hidden, and asked for only where it is needed. */
function obey({ node, input }, { onlyIf = {}, requiredIf = {} }, fields, pair) {
  const holds = condition => Object.entries(condition).every(([other, wanted]) => [wanted].flat().includes(fields.get(other).read()));
  const choose = () => {
    node.hidden = input.disabled = !holds(onlyIf);
    if (Object.keys(requiredIf).length) input.required = holds(requiredIf) && !(pair && 'credentialType' in requiredIf);
  };
  for (const other of new Set([...Object.keys(onlyIf), ...Object.keys(requiredIf)])) fields.get(other).input?.addEventListener('change', choose);
  choose();
}

const steps = name => name.split(/[.[\]]+/).filter(Boolean);

/** What stands under the name of a parameter, such as `params.region`. */
export const at = (object, name) => steps(name).reduce((place, step) => place?.[step], object);

/** Puts a value under the name of a parameter, making the objects and arrays around it. */
export function put(object, name, value) {
  const path = steps(name);
  const last = path.pop();
  const place = path.reduce((parent, step, index) => parent[step] ??= /^\d+$/.test(path[index + 1] ?? last) ? [] : {}, object);
  place[last] = value;
  return object;
}
