import { html, nothing } from 'lit';

/** What is to be known of a connection before it is used. */
export const badges = (connection, may) => html`
  ${connection.isGlobal ? html`<span class="badge">Public</span>` : nothing}
  ${!may.owns && may.use && !connection.isGlobal ? html`<span class="badge">Shared with you</span>` : nothing}
  ${may.use ? nothing : html`<span class="badge warned">Private to others</span>`}
  ${may.use && !connection.hasCredentials ? html`<span class="badge warned">Needs your key pair</span>` : nothing}`;
