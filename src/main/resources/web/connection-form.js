import { repeatable } from './api.js';
import { button, el, head, linkButton } from './dom.js';
import { announce } from './feedback.js';
import { checkbox, field, form, secret, select, text } from './forms.js';
import { exact } from './format.js';
import { status } from './connections.js';
import { browse, write } from './uris.js';

export const TITLE = 'New connection';

const group = (legend, ...fields) => el('fieldset', null, el('legend', null, legend), ...fields);

export function show({ me, signal }) {
  const input = {
    name: text({ required: true, maxlength: 255 }),
    description: text({ maxlength: 4000 }),
    bucket: text({ placeholder: 'partner-drop-eu' }),
    key: text({ required: true }),
    secret: secret({ required: true }),
    encryption: select([['none', 'None'], ['AES256', 'SSE-S3 (AES256)'], ['aws:kms', 'SSE-KMS (aws:kms)']]),
    kms: text({ placeholder: 'arn:aws:kms:eu-west-1:111122223333:key/…' }),
    region: text({ placeholder: 'us-east-1' }),
    endpoint: text({ inputmode: 'url', placeholder: 'https://s3.example.org' }),
    pathStyle: select([['', 'Automatic: only with an endpoint'], ['true', 'Yes'], ['false', 'No']]),
    checksums: select([['', 'Automatic'], ['WHEN_SUPPORTED', 'Always'], ['WHEN_REQUIRED', 'Only where S3 requires them']]),
    isGlobal: checkbox(),
    own: checkbox(),
    inference: checkbox({ checked: true }),
  };
  const kms = field('credentials[0].serverSideKmsKeyId', 'KMS key', input.kms, 'A key’s ARN or id, alias/<name>, or alias/aws/s3 for the key that AWS manages.');
  const chooseEncryption = () => {
    kms.hidden = input.encryption.value !== 'aws:kms';
    input.kms.disabled = kms.hidden;
    input.kms.required = !kms.hidden;
  };
  input.encryption.addEventListener('change', chooseEncryption);
  chooseEncryption();

  const post = repeatable();
  const node = form(async () => {
    const connection = await post('/v4/connections', body(input));
    input.secret.value = '';
    input.key.value = '';
    await saved(node, connection, signal);
  }, [
    group('What it is called',
      field('name', 'Connection name', input.name),
      field('description', 'Connection description', input.description)),
    group('Key pair',
      field('credentials[0].key', 'Access key ID', input.key),
      field('credentials[0].secret', 'Secret key', input.secret, 'Kept encrypted, and never shown again.')),
    group('Where',
      field('bucket', 'Default bucket', input.bucket, 'The name alone. Browsing begins here; without one it begins with all buckets that the key pair may list.'),
      field('params.region', 'Region', input.region, 'us-east-1 if left empty. Each connection is for the buckets of one region.'),
      field('params.endpoint', 'Endpoint', input.endpoint, 'For stores other than AWS, such as MinIO, Ceph or R2; empty for AWS.')),
    group('When writing',
      field('credentials[0].serverSideEncryption', 'Server-side encryption', input.encryption),
      kms),
    el('details', null, el('summary', null, 'More settings'),
      field('params.pathStyle', 'Path-style addresses', input.pathStyle, 'The bucket in the path rather than in the host’s name.'),
      field('params.checksums', 'Checksums', input.checksums, 'Some stores refuse the newer checksums.'),
      field('disableTypeInference', 'Default column data type inference', input.inference, 'Find out the types of columns; otherwise all are text.'),
      me.workspaceAdmin && field('isGlobal', 'Public', input.isGlobal, 'Everybody in the workspace may use it. This cannot be taken back.'),
      field('credentialsShared', 'Everybody enters their own key pair', input.own, 'Otherwise those who share the connection work with yours.')),
  ], [el('button', { type: 'submit', class: 'main' }, 'Save and test'), linkButton('#/connections', 'Cancel')]);
  return [head(TITLE), node];
}

/** What a person left empty is not sent. */
function body(input) {
  const filled = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== null));
  return {
    vendor: 'aws',
    vendorName: 'aws',
    type: 'remotefile',
    credentialType: 'keySecret',
    name: input.name.value.trim(),
    ...filled({ description: input.description.value.trim(), bucket: input.bucket.value.trim() }),
    isGlobal: input.isGlobal.checked,
    credentialsShared: !input.own.checked,
    disableTypeInference: !input.inference.checked,
    params: filled({
      region: input.region.value.trim(),
      endpoint: input.endpoint.value.trim(),
      pathStyle: input.pathStyle.value === '' ? null : input.pathStyle.value === 'true',
      checksums: input.checksums.value,
    }),
    credentials: [filled({
      key: input.key.value.trim(),
      secret: input.secret.value.trim(),
      serverSideEncryption: input.encryption.value,
      serverSideKmsKeyId: input.kms.disabled ? '' : input.kms.value.trim(),
    })],
  };
}

async function saved(node, connection, signal) {
  const result = el('div', { role: 'status' }, el('p', null, 'Saved. Testing…'));
  const name = exact(connection.name);
  node.replaceWith(el('section', { class: 'sheet' }, el('h2', { tabindex: '-1' }, name), result,
    el('div', { class: 'actions' },
      linkButton(browse(write({ bucket: '', key: '', connectionId: connection.id })), 'Browse it', 'main'),
      button('Test again', async () => result.replaceChildren(await status(connection, signal))),
      linkButton('#/connections', 'All connections'))));
  announce('Saved ', exact(connection.name), '.');
  result.replaceChildren(await status(connection, signal));
}
