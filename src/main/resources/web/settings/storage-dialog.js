import { html, LitElement, nothing } from 'lit';
import { del, post, put, read } from '../api.js';
import { confirmed } from '../confirm.js';
import '../connections/connection-test.js';
import { failed, works } from '../connections/test-words.js';
import { button, dialog, el } from '../dom.js';
import { Edited } from '../edited.js';
import { announce, problem } from '../feedback.js';
import { choice, lines, text } from '../fields.js';
import { attempt, complete, refuse } from '../forms.js';
import { settled } from '../unsaved.js';

const PATH = '/v4/awsConfigs';
const KEPT = 'kept as it is';
const TRIED = { purpose: 'write', write: true };
// What a test calls them, which tries a connection.
const BLAMED = { 'credentials[0].key': 'key', 'credentials[0].secret': 'secret', 'credentials[0].iamRoleArn': 'role', 'credentials[0].externalId': 'externalId', bucket: 'defaultBucket' };

/**
 * Asks with what base storage is to be used.
 *
 * @param id of what is to be changed; without it a new one is made
 * @param holder `{ workspaceId }`, or nothing for the caller's own
 * @param roles whether a role may be entered
 */
export async function enterStorage({ id, holder, title, roles }, done) {
  const content = el('div', null, el('p', { class: 'quiet', role: 'status' }, 'One moment…'));
  const shown = dialog(title, content);
  try {
    const form = document.createElement('storage-credentials');
    form.begin({ seen: id && await read(`${PATH}/${id}`), holder, roles, shown, done });
    content.replaceChildren(form);
    await form.updateComplete;
    form.querySelector('input, select').focus();
  } catch (failure) {
    content.replaceChildren(problem(failure), el('div', { class: 'actions' }, button('Close', () => shown.close())));
  }
}

/** Tries what was entered before it counts; what does not work is saved only by who insists. */
class StorageCredentials extends LitElement {
  static properties = { values: { state: true }, doing: { state: true }, insist: { state: true } };

  #edited = new Edited(this, factsOf, () => this.#save());

  createRenderRoot() {
    return this;
  }

  begin({ seen, holder, roles, shown, done }) {
    const saved = seen?.value;
    Object.assign(this, { saved, holder, roles, shown, done });
    if (seen) this.#edited.begin(`${PATH}/${saved.id}`, seen);
    this.values = {
      credentialProvider: saved?.credentialProvider ?? 'default', key: '', secret: '', role: saved?.role ?? '', externalId: '',
      defaultBucket: saved?.defaultBucket ?? '', extraBuckets: saved?.extraBuckets.join('\n') ?? '',
    };
  }

  render() {
    const { values, saved } = this;
    const kept = saved?.credentialProvider === values.credentialProvider;
    const secret = { type: 'password', placeholder: kept ? KEPT : '', tidy: true };
    const input = (name, label, more) => text(name, label, values[name], this.#set(name), more);
    return html`<form class="storage" novalidate autocomplete="off" @submit=${this.#submit}>
      ${this.roles || saved?.credentialProvider === 'temporary' ? choice('credentialProvider', 'Used by', values.credentialProvider, [['default', 'A key pair'], ['temporary', 'An IAM role']], this.#set('credentialProvider')) : nothing}
      ${values.credentialProvider === 'default' ? html`
        ${input('key', 'Access key ID', { required: !kept, maxlength: 512, placeholder: kept ? KEPT : '', tidy: true })}
        ${input('secret', 'Secret key', { ...secret, required: !kept, maxlength: 512, hint: 'Kept encrypted, and never shown again. Another access key needs its secret as well.' })}` : html`
        ${input('role', 'IAM role ARN', { required: true, placeholder: 'arn:aws:iam::111122223333:role/base-storage', hint: 'Wharf assumes it as itself.', tidy: true })}
        ${input('externalId', 'External ID', { ...secret, maxlength: 1224, hint: 'What the role’s trust policy asks for, if it does.' })}`}
      ${input('defaultBucket', 'Default bucket', { required: Boolean(saved?.defaultBucket), hint: 'Uploads and results go there. If left empty, that of the workspace or the operator.', tidy: true })}
      ${lines('extraBuckets', 'Extra buckets', values.extraBuckets, this.#set('extraBuckets'), { hint: 'One a line: what else may be used of what is reached. * alone for all.' })}
      <connection-test .fixed=${TRIED} .request=${() => ({ path: saved ? `${PATH}/${saved.id}/dryRun` : `${PATH}/dryRun`, json: this.#document })} .refuse=${failure => this.#refuse(failure)} @told=${this.#told}></connection-test>
      <div class="problems"></div>${this.#edited.meanwhile}
      ${this.insist ? html`<p class="warning">Saved all the same, it is used by everybody for whom it counts, and what failed here fails for them.</p>` : nothing}
      <p role="status" class="quiet">${this.doing}</p>
      <div class="actions"><button type="button" @click=${() => this.shown.close()}>Cancel</button>
        ${this.insist ? html`<button type="button" class="bad" @click=${() => this.#save()}>Save all the same</button>` : nothing}
        <button type="submit" class="main" ?disabled=${Boolean(this.doing)}>Test and save</button></div></form>`;
  }

  #set(name) {
    return value => {
      this.values = { ...this.values, [name]: value };
      this.insist = false;
      this.querySelector('connection-test').forget();
    };
  }

  get #document() {
    const { values } = this;
    const given = values.credentialProvider === 'default' ? ['key', 'secret'] : ['role', 'externalId'];
    const filled = [...given, 'defaultBucket'].filter(name => values[name].trim());
    return {
      ...(this.saved ? {} : this.holder),
      credentialProvider: values.credentialProvider,
      ...Object.fromEntries(filled.map(name => [name, values[name].trim()])),
      extraBuckets: values.extraBuckets.split(/[\s,]+/).filter(Boolean),
    };
  }

  async #submit(event) {
    event.preventDefault();
    if (!complete(event.target)) return;
    this.doing = 'Testing…';
    const report = await this.querySelector('connection-test').test();
    this.doing = '';
    if (report && works(report)) await this.#save();
    else this.insist = true;
  }

  #refuse(failure) {
    refuse(this.querySelector('form'), failure);
    return true;
  }

  /** What a test has found stands at the field that is to blame as well. */
  #told({ detail: rows }) {
    const blamed = rows.find(row => failed(row) && row.needed && BLAMED[row.field]);
    if (blamed) this.#refuse(new Error(`${BLAMED[blamed.field]} ${blamed.message}`));
  }

  async #save() {
    const form = this.querySelector('form');
    this.doing = 'Saving…';
    await attempt(form, async () => {
      await (this.saved ? this.#edited.send(put, this.#document) : post(PATH, this.#document));
      if (this.#edited.now) return;
      settled(form);
      this.shown.close();
      announce('Saved.');
      this.done();
    });
    this.doing = '';
  }
}

const factsOf = ({ credentialProvider, role, defaultBucket, extraBuckets }) => [
  ['Used by', credentialProvider === 'default' ? 'a key pair' : `the role ${role}`],
  ['Default bucket', defaultBucket ?? ''],
  ['Extra buckets', extraBuckets.join(', ')],
];

customElements.define('storage-credentials', StorageCredentials);

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
