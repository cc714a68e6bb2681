import { del, get, post, put } from '../api.js';
import { confirmed } from '../confirm.js';
import { button, dialog, el } from '../dom.js';
import { announce, problem } from '../feedback.js';
import { field, form, lines, secret, select, text, tidied } from '../forms.js';

const PATH = '/v4/awsConfigs';
const KEPT = 'kept as it is';

/**
 * Asks with what base storage is to be used.
 *
 * @param id of what is to be changed; without it a new one is made
 * @param holder `{ workspaceId }`, or nothing for the caller's own
 * @param roles whether a role may be entered
 */
export async function enterStorage({ id, holder, title, roles }, done) {
  const content = el('div', null, el('p', { class: 'quiet', role: 'status' }, 'One moment…'));
  const asked = dialog(title, content);
  try {
    const saved = id && await get(`${PATH}/${id}`);
    content.replaceChildren(storageForm({ saved, holder, roles }, asked, done));
    content.querySelector('input, select').focus();
  } catch (failure) {
    content.replaceChildren(problem(failure), el('div', { class: 'actions' }, button('Close', () => asked.close())));
  }
}

function storageForm({ saved, holder, roles }, asked, done) {
  const before = saved?.credentialProvider ?? 'default';
  const provider = select([['default', 'A key pair'], ['temporary', 'An IAM role']]);
  provider.value = before;
  const input = {
    key: text({ maxlength: 512 }),
    secret: secret({ maxlength: 512 }),
    role: text({ placeholder: 'arn:aws:iam::111122223333:role/base-storage' }),
    externalId: secret({ maxlength: 1224 }),
    defaultBucket: text({ required: Boolean(saved?.defaultBucket) }),
    extraBuckets: lines({ rows: 3 }),
  };
  input.role.value = saved?.role ?? '';
  input.defaultBucket.value = saved?.defaultBucket ?? '';
  input.extraBuckets.value = saved?.extraBuckets.join('\n') ?? '';
  const parts = {
    default: [tidied(field('key', 'Access key ID', input.key)), tidied(field('secret', 'Secret key', input.secret, 'Kept encrypted, and never shown again. Another access key needs its secret as well.'))],
    temporary: [field('role', 'IAM role ARN', input.role, 'Wharf assumes it as itself.'), tidied(field('externalId', 'External ID', input.externalId, 'What the role’s trust policy asks for, if it does.'))],
  };
  const choose = () => {
    for (const [kind, nodes] of Object.entries(parts)) nodes.forEach(node => { node.hidden = node.querySelector('input').disabled = kind !== provider.value; });
    const kept = saved && provider.value === before;
    for (const part of ['key', 'secret']) input[part].required = !kept;
    for (const part of ['key', 'secret', 'externalId']) input[part].placeholder = kept ? KEPT : '';
    input.role.required = true;
  };
  provider.addEventListener('change', choose);
  choose();
  return form(async () => {
    const body = {
      credentialProvider: provider.value,
      ...(provider.value === 'default' ? given(input, 'key', 'secret') : given(input, 'role', 'externalId')),
      ...given(input, 'defaultBucket'),
      extraBuckets: input.extraBuckets.value.split(/[\s,]+/).filter(Boolean),
    };
    await (saved ? put(`${PATH}/${saved.id}`, body) : post(PATH, { ...holder, ...body }));
    input.key.value = input.secret.value = input.externalId.value = '';
    asked.close();
    announce('Saved.');
    done();
  }, [
    (roles || before === 'temporary') && field('credentialProvider', 'Used by', provider),
    ...parts.default, ...parts.temporary,
    field('defaultBucket', 'Default bucket', input.defaultBucket, 'Uploads and results go there. If left empty, that of the workspace or the operator.'),
    field('extraBuckets', 'Extra buckets', input.extraBuckets, 'One a line: what else may be used of what is reached. * alone for all.'),
  ].filter(Boolean), [button('Cancel', () => asked.close()), el('button', { type: 'submit', class: 'main' }, 'Save')]);
}

const given = (input, ...names) => Object.fromEntries(names.map(name => [name, input[name].value.trim()]).filter(([, value]) => value));

/** Asks once more; a refusal says what would be lost. */
export function deleteStorage({ id }, consequence, done) {
  confirmed('Delete the credentials?', [['They are destroyed here. ', consequence, ' Nothing in its buckets changes.']], {
    label: 'Delete',
    doing: 'Deleting…',
    act: () => del(`${PATH}/${id}`),
    done() {
      announce('Deleted.');
      done();
    },
  });
}
