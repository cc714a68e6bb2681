import { html, LitElement, nothing } from 'lit';
import { exact, moment, time } from '../format.js';
import { operation, OUTCOMES, PROGRAMS } from '../settings/audit-words.js';
import { location } from '../uris.js';
import { badges } from './badges.js';
import './connection-test.js';

const NAMED = 5; // of those who have it

/** What is known of a connection; `asked` is the region that was entered when it was saved, which may not be where its bucket is. */
class ConnectionView extends LitElement {
  static properties = { connection: { attribute: false } };

  createRenderRoot() {
    return this;
  }

  render() {
    const { connection, may } = this;
    return html`
      <p class="lead badges">${badges(connection, may)}</p>
      ${connection.description ? html`<p class="lead">${exact(connection.description)}</p>` : nothing}
      ${this.#obstacle()}
      <dl class="sheet known">${this.#facts().filter(Boolean).map(([term, said]) => html`<dt>${term}</dt><dd>${said}</dd>`)}</dl>
      ${may.use && connection.hasCredentials ? this.#test() : nothing}
      ${may.audit ? this.#used() : nothing}`;
  }

  /** Why it cannot be used, with the way out of it. */
  #obstacle() {
    const { connection: { hasCredentials, credentialsShared }, may } = this;
    if (!may.use) return html`<p class="warning">Private to others. As an administrator you can manage it; to use it, have it shared with you.</p>`;
    if (hasCredentials) return nothing;
    return html`<div class="warning"><p>${credentialsShared ? 'It has no key pair. An editor can enter one.' : 'Its key pair is not shared: enter your own, and you can use it. Nobody else works with it.'}</p>
      ${!credentialsShared || may.edit ? html`<button type="button" class="main" @click=${this.enterKeyPair}>${credentialsShared ? 'Enter a key pair' : 'Enter my key pair'}</button>` : nothing}</div>`;
  }

  #facts() {
    const { connection, may, asked } = this;
    const { params } = connection;
    const region = params.region ?? 'us-east-1';
    return [
      ['Owner', may.owns ? 'You' : this.#name(connection.creator.id)],
      ['Who has it', this.#holders()],
      [connection.credentialType === 'iamRoleArn' ? 'IAM role' : 'Key pair', connection.credentialsShared ? 'One for everybody who has the connection' : `Everybody has their own${connection.hasCredentials ? '; yours is entered' : ''}`],
      ['Store', exact(params.endpoint ?? 'AWS S3')],
      ['Region', asked && asked !== region ? html`${region}<div class="note">The bucket was found here, so that ${asked} was corrected.</div>` : region],
      params.caCertificate && ['Certificate', 'Signed by an authority of its own'],
      ['Default bucket', connection.bucket ? exact(connection.bucket) : 'none: all buckets'],
      ['Changed', html`${time(connection.updatedAt)}${connection.updater.id ? html` by ${this.#name(connection.updater.id)}` : nothing}`],
    ];
  }

  #name(id) {
    return exact(this.people.find(person => person.id === id)?.name ?? `Person ${id}`);
  }

  #holders() {
    const { connection, shares } = this;
    if (connection.isGlobal) return 'Everybody in the workspace';
    if (!shares.length) return 'Nobody else';
    return html`${shares.slice(0, NAMED).map(({ name }, index) => html`${index ? ', ' : ''}${exact(name)}`)}${shares.length > NAMED ? ` and ${shares.length - NAMED} more` : ''}`;
  }

  #test() {
    const { connection, change } = this;
    return html`<section class="sheet"><h2>Does it work?</h2><connection-test .connection=${connection} .change=${change || null}
      .request=${() => ({ path: `/v4/connections/${connection.id}/status` })} .now=${name => connection.params[name.slice('params.'.length)]}></connection-test></section>`;
  }

  #used() {
    const { connection, events } = this;
    const all = `#/workspace/audit?connectionId=${connection.id}`;
    return html`<section class="sheet"><h2>Who used it</h2>
      ${events.length ? html`<ul class="used">${events.map(event => this.#event(event))}</ul><p><a href=${all}>All events</a></p>` : html`<p class="quiet">Nobody yet.</p>`}</section>`;
  }

  #event({ createdAt, actor, person, via, operation: name, outcome, bucket, key }) {
    return html`<li>${moment(createdAt)} · ${actor ? this.#name(actor.id) : html`${PROGRAMS[via] ?? via} for ${this.#name(person.id)}`} · ${operation(name)}
      ${bucket ? html`<code>${exact(location({ bucket, key: key ?? '' }))}</code>` : nothing}${outcome === 'success' ? nothing : html` <span class="badge ${outcome === 'denied' ? 'failed' : 'warned'}">${OUTCOMES[outcome] ?? outcome}</span>`}</li>`;
  }
}

customElements.define('connection-view', ConnectionView);
