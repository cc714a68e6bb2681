// What the page adds to how the service describes a parameter. What is not here is shown as it is described.
export const WORDS = {
  credentialType: { words: { keySecret: 'A key pair', iamRoleArn: 'An IAM role' } },
  'credentials[0].iamRoleArn': {
    hint: 'The key pair below assumes it. Without one Wharf does so as itself, which only administrators may set up.',
    placeholder: 'arn:aws:iam::111122223333:role/partner-drop',
  },
  'credentials[0].key': { tidy: true },
  'credentials[0].secret': { hint: 'Kept encrypted, and never shown again.', tidy: true },
  'credentials[0].externalId': { tidy: true },
  'credentials[0].serverSideEncryption': { hint: 'What is written is encrypted so.', words: { none: 'None', AES256: 'SSE-S3 (AES256)', 'aws:kms': 'SSE-KMS (aws:kms)' } },
  'credentials[0].serverSideKmsKeyId': { placeholder: 'arn:aws:kms:eu-west-1:111122223333:key/…' },
  bucket: { placeholder: 'partner-drop-eu' },
  'params.region': { hint: 'Each connection is for the buckets of one region.' },
  'params.endpoint': { placeholder: 'https://s3.example.org' },
  'params.checksums': { words: { WHEN_SUPPORTED: 'Always', WHEN_REQUIRED: 'Only where S3 requires them' } },
  'params.caCertificate': { placeholder: '-----BEGIN CERTIFICATE-----' },
  disableTypeInference: { hint: 'Find out the types of columns; otherwise all are text.', inverted: true },
  isGlobal: { hint: 'Everybody in the workspace may use it. This cannot be taken back: a public connection can only be deleted.' },
  credentialsShared: { hint: 'Those who share the connection work with your key pair, and nobody sees it; otherwise each enters their own.' },
};

const NONE = { kept: 'kept as it is', none: 'none yet' };

// How `awsKeySecret`, the other name of the one kind of credential, calls the two.
const ALIAS = { 'credentials[0].key': 'credentials[0].awsAccessKey', 'credentials[0].secret': 'credentials[0].awsSecretKey' };

/** Whether a parameter is of the key pair, which is never shown. */
export const isCredential = name => name.startsWith('credentials[');

/** What the service calls a parameter where the connection's credential has its other name. */
export const sentAs = (name, credentialType) => (credentialType === 'awsKeySecret' && ALIAS[name]) || name;

/** The parameter that a refusal is about: a detail begins with its name. */
export function parameterOf(detail) {
  const sent = /^[\w.[\]]+/.exec(detail)?.[0].replace(/\.$/, '');
  return Object.keys(ALIAS).find(name => ALIAS[name] === sent) ?? sent;
}

/** The same detail where the name stands above it already. */
export const aboutIt = detail => detail.replace(/^[\w.[\]]+[: ]+/, '').replace(/^./, first => first.toUpperCase());

const holds = (condition = {}, values) => Object.entries(condition).every(([other, wanted]) => [wanted].flat().includes(values[other]));

/**
 * What a form asks with these values, in the order in which the service has it.
 *
 * @param pair `kept` where there is a key pair that stays if nothing is entered, `none` where it may be left out
 */
export function asked(parameters, values, pair) {
  return parameters.filter(({ onlyIf }) => holds(onlyIf, values)).map(parameter => {
    const spared = pair && isCredential(parameter.name) && !(parameter.requiredIf && !('credentialType' in parameter.requiredIf));
    const needed = parameter.required || (parameter.requiredIf && holds(parameter.requiredIf, values));
    const nothing = pair && isCredential(parameter.name) ? NONE[pair] : null;
    return { ...parameter, ...WORDS[parameter.name], needed: Boolean(needed && !spared), nothing };
  });
}

/** What a form begins with. */
export function beginning(parameters) {
  const usual = ({ type, default: value }) => (type === 'boolean' || type === 'enum' ? value ?? null : null);
  return Object.fromEntries(parameters.map(parameter => [parameter.name, usual(parameter)]));
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
