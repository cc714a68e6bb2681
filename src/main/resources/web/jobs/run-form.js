import { html, LitElement, nothing } from 'lit';
import { post, repeatable } from '../api.js';
import { hasDates, saidOf, variables, withValues } from '../datasets/source-words.js';
import { announce } from '../feedback.js';
import { check, choice, text } from '../fields.js';
import { attempt, complete, refuse } from '../forms.js';
import { exact } from '../format.js';
import { cronOf, EVERY, scheduleFields } from '../schedules/schedule-fields.js';
import { sourceOf } from '../schedules/schedule-words.js';
import { settled } from '../unsaved.js';
import { name, parent, parse, write } from '../uris.js';
import { checkFirst, plain } from './check-first.js';
import { home, pickPlace } from './place-picker.js';
import { ending, formatFields, formatOf, OPTIONS } from './result-options.js';

/** What a job over a dataset writes, where and when. */
class RunForm extends LitElement {
  static properties = { values: { state: true }, doing: { state: true }, found: { state: true } };

  #post = repeatable();

  createRenderRoot() {
    return this;
  }

  /**
   * Proposes a place beside the source where its connection may still be used, else in base storage; or what a job before
   * wrote, and where.
   */
  begin(scheduled, job) {
    const { bucket, connectionId } = parse(this.imported.uri);
    const own = this.connections.some(({ id }) => String(id) === connectionId);
    this.values = {
      ...OPTIONS,
      ...split(own ? write({ bucket, key: 'results/', connectionId }) : home(null, this.connections, this.base)),
      file: slug(this.imported.name),
      profiler: false,
      makes: false,
      made: `${this.imported.name} results`.slice(0, 255),
      asOf: '',
      said: {},
      scheduled,
      schedule: { ...EVERY, name: this.imported.name },
      ...(job && this.#like(job)),
    };
  }

  #like(job) {
    const { writeSettings, profilingEnabled, newDataset, runParameters } = job;
    const known = new Set(variables(this.imported).map(({ key }) => key));
    const said = Object.fromEntries(saidOf(job).filter(({ key }) => known.has(key)).map(({ key, value }) => [key, value]));
    const begun = { said, asOf: hasDates(this.imported) ? local(runParameters?.referenceDate) : '' };
    return { ...begun, ...this.#writes(writeSettings, profilingEnabled, newDataset) };
  }

  #writes(writeSettings, profilingEnabled, newDataset) {
    if (!writeSettings.data.length) return {};
    const { path, format, compression, header, delim, hasQuotes } = writeSettings.data[0];
    const place = parse(path);
    const options = { format, compression, header, delim: delim ?? OPTIONS.delim, hasQuotes };
    const known = !place.connectionId || this.connections.some(({ id }) => String(id) === place.connectionId);
    return {
      ...options,
      compression: this.compressions[format].includes(compression) ? compression : 'none',
      ...(known && { ...split(write(parent(place))), file: name(place).slice(0, -ending(options).length) }),
      profiler: profilingEnabled,
      ...(newDataset && { makes: true, made: newDataset.name }),
    };
  }

  #set = change => {
    this.values = { ...this.values, ...change };
    this.found = null;
  };

  render() {
    const { values } = this;
    return html`<form class="run" autocomplete="off" novalidate @submit=${this.#start}>
      <fieldset><legend>Where results go</legend>
        <div class="columns">
          ${choice('connectionId', 'Write results to', values.connectionId ?? '', [['', 'Base storage'], ...this.connections.map(({ id, name }) => [String(id), name])],
            id => this.#set(split(home(id || null, this.connections, this.base))))}
          ${text('path', 'Folder', values.folder, folder => this.#set({ folder }),
            { required: true, placeholder: 'bucket/folder', beside: html`<button type="button" @click=${this.#pick}>Choose…</button>` })}
          ${text('file', 'File name', values.file, file => this.#set({ file }), { required: true, maxlength: 200, hint: 'Without an ending.' })}
        </div>
        <p class="preview" role="status">Goes into a folder of its own: ${exact(`${this.#file(false)}_`)}<i>job number</i>${exact(`/${values.file.trim()}${ending(values)}`)}. Nothing that is there is overwritten.</p>
      </fieldset>
      <fieldset><legend>What is written</legend>
        ${formatFields(values, this.#set, this.compressions)}
        ${this.#repeated()}
        ${check('profiler', 'Profile the results', values.profiler, profiler => this.#set({ profiler }), { hint: 'Looks at every value once more: types, missing values, distributions.' })}
      </fieldset>
      ${this.#parameters()}
      <fieldset><legend>When</legend>
        <div class="ways">${[[false, 'Once, now'], [true, 'On a schedule']].map(([way, label]) => html`
          <label class="way"><input type="radio" name="when" .checked=${values.scheduled === way} @change=${() => this.#set({ scheduled: way })}> ${label}</label>`)}</div>
        ${values.scheduled ? scheduleFields(values.schedule, change => this.#set({ schedule: { ...values.schedule, ...change } })) : this.#newDataset()}
      </fieldset>
      ${this.found ?? nothing}
      <div class="problems"></div>
      <div class="actions">
        <button type="submit" class="main" ?disabled=${this.doing}>${this.doing === 'start' ? 'One moment…' : values.scheduled ? 'Save schedule' : 'Run job'}</button>
        <button type="button" ?disabled=${this.doing} @click=${this.#check}>${this.doing === 'check' ? 'Checking…' : 'Check first'}</button>
      </div>
    </form>`;
  }

  /** Of columns of one name, which CSV alone takes, all but the first get another one. */
  #repeated() {
    const names = (this.imported.structure?.columns ?? []).map(({ name }) => name);
    const repeated = [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
    if (this.values.format === 'csv' || !repeated.length) return nothing;
    return html`<div class="warning"><p>Several columns of the dataset are called ${repeated.map((name, index) => html`${index ? ', ' : ''}${exact(name)}`)}. In this format names differ, so all but the first get a number: ${exact(`${repeated[0]}_2`)}.</p></div>`;
  }

  #parameters() {
    const { values, imported: dataset } = this;
    const said = variables(dataset);
    const asOf = !values.scheduled && hasDates(dataset);
    if (!said.length && !asOf) return nothing;
    return html`<fieldset><legend>What varies in its path</legend>
      ${asOf ? text('referenceDate', 'Dates as of', values.asOf, asOf => this.#set({ asOf }), { type: 'datetime-local', hint: 'From which days are counted, in your time zone. Empty: from now.' }) : nothing}
      ${said.map(({ key, value, options }, index) => {
        const set = one => this.#set({ said: { ...values.said, [key]: one } });
        const name = `said[${index}]`;
        const id = { id: `said-${key}` };
        return options ? choice(name, exact(key), values.said[key] ?? value, options.map(option => [option, option]), set, id) : text(name, exact(key), values.said[key] ?? value, set, id);
      })}
      ${values.scheduled ? html`<p class="hint">Each run of the schedule takes these values.</p>` : nothing}
    </fieldset>`;
  }

  #newDataset() {
    const { values } = this;
    return html`${check('makes', 'Make a dataset of the results', values.makes, makes => this.#set({ makes }))}
      ${values.makes ? text('newDataset.name', 'Name of the new dataset', values.made, made => this.#set({ made }), { required: true, maxlength: 255 }) : nothing}`;
  }

  #file(address = true) {
    const { file } = this.values;
    const { bucket, key, connectionId } = this.#place();
    const folder = key && !key.endsWith('/') ? `${key}/` : key;
    return address ? write({ bucket, key: `${folder}${file.trim()}${ending(this.values)}`, connectionId }) : `s3://${bucket}/${folder}${file.trim()}`;
  }

  #place() {
    const { folder, connectionId } = this.values;
    return { ...parse(`s3://${folder.trim().replace(/^s3:\/\//, '')}`), connectionId };
  }

  #overrides() {
    return { execution: 'photon', profiler: this.values.profiler, writesettings: [{ path: this.#file(), ...formatOf(this.values) }] };
  }

  #request() {
    const { asOf, said, makes, made, scheduled } = this.values;
    const data = Object.entries(said).map(([key, value]) => ({ key, value }));
    return {
      wrangledDataset: { id: this.imported.id },
      overrides: this.#overrides(),
      ...((asOf && !scheduled || data.length) && { runParameters: { ...(asOf && !scheduled && { referenceDate: new Date(asOf).toISOString() }), overrides: { data } } }),
      ...(!scheduled && makes && { newDataset: { name: made.trim() } }),
    };
  }

  #pick() {
    pickPlace({ title: 'Where results go', label: 'Write here', connections: this.connections, base: this.base, uri: write(this.#place()) }, (place, { shown }) => {
      shown.close();
      this.#set(split(place));
    });
  }

  async #do(doing, form, work) {
    if (!complete(form)) return;
    if (this.values.file.includes('/')) {
      refuse(form, new Error('file holds a slash: name folders above, under Folder'));
      return;
    }
    this.doing = doing;
    await attempt(form, plain(() => this.#atItsField(work)));
    this.doing = null;
  }

  /** What is refused of a value is shown at it, not by its place in the request. */
  async #atItsField(work) {
    try {
      return await work();
    } catch (failure) {
      const known = variables(this.imported).map(({ key }) => key);
      failure.message = failure.message
        .replace(/^runParameters\.overrides\.data\[(\d+)\](?:\.\w+)?/, (all, index) => `said[${known.indexOf(Object.keys(this.values.said)[index])}]`)
        .replace(/^runParameters\.(?=referenceDate)/, '')
        .replace(/^runParameters(?=: )/, known.length ? 'said[0]' : 'referenceDate');
      throw failure;
    }
  }

  #check(event) {
    const { form } = event.target;
    this.#do('check', form, async () => {
      if (this.values.scheduled) await post('/v4/schedules/dryRun', this.#schedule());
      this.found = await checkFirst(this.#request(), this.values.scheduled || this.imported.isDynamic ? null : this.imported, this.values.scheduled);
    });
  }

  #start(event) {
    event.preventDefault();
    const form = event.target;
    this.#do('start', form, async () => {
      if (this.values.scheduled) await checkFirst(this.#request(), null, true);
      const begun = this.values.scheduled ? await this.#post('/v4/schedules', this.#schedule()) : await this.#post('/v4/jobGroups', this.#request());
      settled(form);
      if (this.values.scheduled) announce('Saved the schedule.');
      window.location.hash = this.values.scheduled ? `/schedules${begun ? `/${begun.id}` : ''}` : `/jobs${begun ? `/${begun.id}` : ''}`;
    });
  }

  #source() {
    const source = sourceOf(this.imported);
    return source.runParameters ? { ...source, runParameters: withValues(source.runParameters, this.values.said) } : source;
  }

  #schedule() {
    const { schedule } = this.values;
    return {
      name: schedule.name.trim(),
      triggers: [{ timeBased: { cron: { expression: cronOf(schedule) }, timezone: schedule.timezone } }],
      tasks: [
        { importSource: { source: this.#source(), content: schedule.content, dataset: schedule.dataset, ...(Number(schedule.quiet) > 0 && { quietSeconds: Number(schedule.quiet) }) } },
        { runJob: { overrides: this.#overrides() } },
      ],
    };
  }
}

function split(uri) {
  const { bucket, key, connectionId } = parse(uri);
  return { connectionId, folder: bucket && `${bucket}/${key}` };
}

/** A time as a field for one has it, in this zone. */
function local(iso) {
  if (!iso) return '';
  const time = new Date(iso);
  return new Date(time - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const slug = name => name.trim().toLowerCase().replace(/[^\p{L}\p{N}._=-]+/gu, '-').replace(/^[-._]+|-+$/g, '').slice(0, 100) || 'results';

customElements.define('run-form', RunForm);
