import { html, LitElement, nothing } from 'lit';
import { del, get, post } from '../api.js';
import { confirmed } from '../confirm.js';
import { announce } from '../feedback.js';
import { exact, time } from '../format.js';
import { pause } from '../repeat.js';
import { settled } from '../unsaved.js';

const LOOK = 1_000; // ms
const LOOKS = 15; // after which a letter that was sent again has most likely been read

/** What a dead letter says, to be corrected and sent again. */
class DeadLetterForm extends LitElement {
  static properties = { letter: { attribute: false }, failure: { state: true }, busy: { state: true } };

  createRenderRoot() {
    return this;
  }

  render() {
    const { letter } = this;
    const text = letter.replayedText ?? letter.text;
    return html`
      <p><a href="#/workspace/deadLetters">All dead letters</a></p>
      <div class=${letter.status === 'replayed' ? 'sheet' : 'warning'}><p>${letter.status === 'replayed' ? html`Sent again ${time(letter.replayedAt)}, and not failed since. It had failed, as: ${exact(letter.reason)}` : exact(letter.reason)}</p></div>
      <dl class="sheet known">${this.#facts().filter(Boolean).map(([term, said]) => html`<dt>${term}</dt><dd>${said}</dd>`)}</dl>
      <form novalidate @submit=${this.#replay}>
        ${text === null ? html`<p class="quiet">It is no text, and is not read. What should have been sent can be written here.</p>` : nothing}
        ${letter.whole ? nothing : html`<p class="warning">It is too long to be read whole: this is its beginning, and cannot be sent again as it is.</p>`}
        <div class="field"><label for="letter">What it says</label>
          <textarea id="letter" rows="16" spellcheck="false" autocomplete="off" aria-describedby="letter-wrong" aria-invalid=${this.failure ? 'true' : nothing} .value=${laidOut(text)}></textarea>
          <p class="wrong" id="letter-wrong" role=${this.failure ? 'alert' : nothing}>${this.failure ? exact(this.failure) : nothing}</p></div>
        <div class="actions"><button type="submit" class="main" ?disabled=${this.busy}>${this.busy ? 'Sending…' : 'Send again'}</button>
          <button type="button" class="plain bad" @click=${this.#dismiss}>Dismiss</button></div>
      </form>`;
  }

  #facts() {
    const { queue, messageId, deliveries, announcedAs, jobGroup, replays, createdAt } = this.letter;
    return [
      ['Queue', html`<code>${queue}</code>`],
      ['Came', time(createdAt)],
      ['Deliveries', deliveries.toLocaleString()],
      messageId && ['Message', html`<code>${exact(messageId)}</code>`],
      announcedAs && ['Announced as', exact(announcedAs)],
      jobGroup && ['Job', html`<a href="#/jobs/${jobGroup.id}">Job ${jobGroup.id}</a>`],
      replays > 0 && ['Sent again', `${replays} ${replays === 1 ? 'time' : 'times'}`],
    ];
  }

  async #replay(event) {
    event.preventDefault();
    const form = event.target;
    const area = form.querySelector('textarea');
    this.failure = null;
    this.busy = true;
    try {
      const same = area.value === laidOut(this.letter.text) && this.letter.whole && !this.letter.replayedText;
      this.letter = await post(`/v4/deadLetters/${this.letter.id}/replay`, same ? {} : { text: area.value });
      settled(form);
      announce('Sent again.');
      this.#follow();
    } catch (failure) {
      this.failure = failure.message;
      await this.updateComplete;
      area.focus();
    } finally {
      this.busy = false;
    }
  }

  /** Whether it is read now is seen a moment later. */
  async #follow() {
    for (let looks = 0; looks < LOOKS && this.isConnected; looks++) {
      await pause(LOOK);
      const seen = await get(`/v4/deadLetters/${this.letter.id}`).catch(() => null);
      if (!seen || !this.isConnected) return;
      if (seen.status === 'dead') {
        this.letter = seen;
        this.failure = seen.reason;
        return;
      }
    }
  }

  #dismiss() {
    confirmed('Dismiss the dead letter?', ['It is no longer listed here. The message itself stays in the broker’s queue DLQ, which is its operator’s.'], {
      label: 'Dismiss',
      doing: 'Dismissing…',
      act: () => del(`/v4/deadLetters/${this.letter.id}`),
      done: () => {
        settled(this.querySelector('form'));
        announce('Dismissed.');
        window.location.hash = '/workspace/deadLetters';
      },
    });
  }
}

/** JSON is easier to correct line by line; what would not stay the same, such as very large numbers, is left as it is. */
function laidOut(text) {
  try {
    const parsed = JSON.parse(text);
    return JSON.stringify(parsed) === text ? JSON.stringify(parsed, null, 2) : text;
  } catch {
    return text ?? '';
  }
}

customElements.define('dead-letter-form', DeadLetterForm);
