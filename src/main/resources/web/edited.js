import { html, nothing } from 'lit';
import { read } from './api.js';
import { again } from './dom.js';
import { exact, time } from './format.js';

const CHANGED = 412;
const SHOWN = 120; // characters of a value

/** What a form changes. Of two who change one thing, the second sees what the first has done before anything of it is overwritten. */
export class Edited {
  /**
   * @param host the form's element
   * @param facts what can be changed of it, as pairs of label and text
   * @param resend sends again what was typed
   */
  constructor(host, facts, resend) {
    Object.assign(this, { host, facts, resend });
  }

  /**
   * @param path where it is changed
   * @param seen it and its version, as `read` answers them
   * @param source where it is read
   */
  begin(path, seen, source = `${path}?embed=updater`) {
    Object.assign(this, { path, seen, source, now: null });
  }

  /** Changes the version that was seen; null where it is another one by now, which the host then shows. */
  async send(how, json, headers) {
    this.now = null;
    try {
      return await how(this.path, json, { ...headers, 'if-match': this.seen.version });
    } catch (failure) {
      if (failure.status !== CHANGED) throw failure;
      this.now = await read(this.source);
      this.host.requestUpdate();
      return null;
    }
  }

  /** What others have changed meanwhile, and the ways out. */
  get meanwhile() {
    if (!this.now) return nothing;
    const { updatedAt, updater } = this.now.value;
    const before = new Map(this.facts(this.seen.value));
    const others = this.facts(this.now.value).filter(([label, text]) => before.get(label) !== text);
    return html`<div class="warning meanwhile" role="alert"><div>
      <p>Not saved: ${updater?.name ? exact(updater.name) : 'somebody'} changed this${updatedAt ? html` at ${time(updatedAt)}` : nothing}, after you had opened it. What you have typed is still here.</p>
      ${others.length ? html`<ul>${others.map(([label, text]) => html`<li>${label}: now ${shown(text)}, before ${shown(before.get(label))}</li>`)}</ul>` : html`<p>Nothing that can be changed here is otherwise than before.</p>`}</div>
      <div class="actions"><button type="button" @click=${this.#overwrite}>Save mine all the same</button><button type="button" @click=${again}>Drop mine and load again</button></div></div>`;
  }

  #overwrite = () => {
    this.seen = this.now;
    this.now = null;
    this.resend();
  };
}

const shown = (text = '') => (text === '' ? 'empty' : exact(`“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}”`));
