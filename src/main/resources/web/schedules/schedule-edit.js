import { html, LitElement, nothing } from 'lit';
import { put } from '../api.js';
import { Edited } from '../edited.js';
import { announce } from '../feedback.js';
import { check, text } from '../fields.js';
import { attempt, complete } from '../forms.js';
import { settled } from '../unsaved.js';
import { cronOf, EVERY, fieldWords, readCron, scheduleFields } from './schedule-fields.js';
import { sourceIn } from './schedule-words.js';

/** Changes when a schedule is due and what it takes; its source, and where results go, stay. */
class ScheduleEdit extends LitElement {
  static properties = { schedule: { attribute: false }, values: { state: true }, saving: { state: true } };

  #edited = new Edited(this, schedule => fieldWords(valuesOf(schedule)), () => this.querySelector('form').requestSubmit());

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has('schedule')) return;
    this.values = valuesOf(this.schedule);
    this.#edited.begin(`/v4/schedules/${this.schedule.id}`, this.seen);
  }

  render() {
    const { values } = this;
    const set = change => { this.values = { ...this.values, ...change }; };
    return html`<form class="run" autocomplete="off" novalidate @submit=${this.#save}>
      <fieldset><legend>When, and what it takes</legend>
        ${scheduleFields(values, set, Boolean(timeOf(this.schedule)))}
        ${text('pauseAfter', 'Pause after so many failed runs in a row', values.pauseAfter, pauseAfter => set({ pauseAfter }), { type: 'number', required: true })}
        ${check('missed', 'Catch up on times at which Wharf did not run', values.catchUp, catchUp => set({ catchUp }))}
      </fieldset>
      <p class="hint">Its source and where results go stay. For others, schedule the dataset anew.</p>
      ${this.schedule.triggers.length > 1 ? html`<p class="hint">The other things that make it due stay as well.</p>` : nothing}
      <div class="problems"></div>${this.#edited.meanwhile}
      <div class="actions"><button type="submit" class="main" ?disabled=${this.saving}>${this.saving ? 'Saving…' : 'Save'}</button></div>
    </form>`;
  }

  async #save(event) {
    event.preventDefault();
    const form = event.target;
    if (!complete(form)) return;
    this.saving = true;
    await attempt(form, async () => {
      await this.#edited.send(put, this.#request());
      if (this.#edited.now) return;
      settled(form);
      announce('Saved the schedule.');
      window.location.hash = `/schedules/${this.schedule.id}`;
    });
    this.saving = false;
  }

  #request() {
    const { schedule, values } = this;
    const first = timeOf(schedule);
    return {
      name: values.name.trim(),
      enabled: schedule.enabled,
      triggers: schedule.triggers.map(trigger => (trigger === first ? { timeBased: { cron: { expression: cronOf(values) }, timezone: values.timezone } } : trigger)),
      tasks: schedule.tasks.map(task => (task.importSource
        ? { importSource: { ...task.importSource, content: values.content, dataset: values.dataset, quietSeconds: undefined, ...(Number(values.quiet) > 0 && { quietSeconds: Number(values.quiet) }) } } : task)),
      missed: values.catchUp ? 'catchUp' : 'skip',
      pauseAfter: Number(values.pauseAfter),
    };
  }
}

const timeOf = ({ triggers }) => triggers.find(({ timeBased }) => timeBased);

function valuesOf(schedule) {
  const { content = 'newObjects', dataset = 'new', quietSeconds = '' } = sourceIn(schedule) ?? {};
  const { timeBased } = timeOf(schedule) ?? {};
  return {
    ...EVERY,
    ...(timeBased && { ...readCron(timeBased.cron.expression), timezone: timeBased.timezone ?? 'UTC' }),
    name: schedule.name, content, dataset, quiet: String(quietSeconds), pauseAfter: String(schedule.pauseAfter), catchUp: schedule.missed === 'catchUp',
  };
}

customElements.define('schedule-edit', ScheduleEdit);
