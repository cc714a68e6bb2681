import { html, LitElement, nothing } from 'lit';
import { patch, put } from '../api.js';
import { again } from '../dom.js';
import { Edited } from '../edited.js';
import { announce } from '../feedback.js';
import { choice, text } from '../fields.js';
import { attempt, complete } from '../forms.js';
import { visible } from '../format.js';
import { settled } from '../unsaved.js';
import { farWords, looked, stop } from './looking.js';
import { sourceWords, variables, withValues } from './source-words.js';

const DELIMITED = new Set(['csv', 'tsv', 'text']);
const FOUND = ['', 'As found'];
const YES_NO = { true: true, false: false };
const OPTIONS = {
  header: ['First row', [FOUND, ['true', 'Names the columns'], ['false', 'Is data']]],
  delimiter: ['Delimiter', [FOUND, [',', 'Comma'], [';', 'Semicolon'], ['\t', 'Tab'], ['|', 'Pipe'], ['none', 'None: a line is one value']]],
  encoding: ['Encoding', [FOUND, ['UTF-8', 'UTF-8'], ['UTF-16LE', 'UTF-16LE'], ['UTF-16BE', 'UTF-16BE'], ['ISO-8859-1', 'ISO-8859-1'], ['windows-1252', 'windows-1252']]],
  quote: ['Quotes', [['', 'As found'], ['"', 'Double quotes'], ["'", 'Single quotes'], ['none', 'None']]],
};
const CHECKS = [['sample', 'A sample'], ['all', 'Every file'], ['none', 'No file']];

/** How a dataset is called, and how its files are read. */
class DatasetSettings extends LitElement {
  static properties = { imported: { attribute: false }, values: { state: true }, saving: { state: true }, far: { state: true } };

  #edited = new Edited(this, factsOf, () => this.querySelector('form').requestSubmit());

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (!changed.has('imported')) return;
    this.values = valuesOf(this.imported);
    this.#edited.begin(`/v4/importedDatasets/${this.imported.id}`, this.seen);
  }

  render() {
    const { values } = this;
    const delimited = !this.imported.structure || DELIMITED.has(this.imported.structure.format);
    const set = name => value => { this.values = { ...values, [name]: value }; };
    return html`<form class="settings-form" autocomplete="off" novalidate @submit=${this.#save}>
      <fieldset><legend>What it is called</legend>
        ${text('name', 'Name', values.name, set('name'), { required: true, maxlength: 255 })}
        ${text('description', 'Description', values.description, set('description'), { maxlength: 4000 })}
      </fieldset>
      ${this.imported.isDynamic ? html`<fieldset><legend>Which files these are</legend>
        ${sourceWords(this.imported)}
        ${variables(this.imported).map(({ key, options }) => (options
    ? choice(defaultOf(key), `${visible(key)}, unless a run says otherwise`, values[defaultOf(key)], options.map(option => [option, option]), set(defaultOf(key)))
    : text(defaultOf(key), `${visible(key)}, unless a run says otherwise`, values[defaultOf(key)], set(defaultOf(key)))))}
        <p class="hint">What else varies, and where, takes a new import.</p>
      </fieldset>` : nothing}
      <fieldset><legend>How its files are read</legend>
        <p class="hint">A change here looks at the source anew, so that its files become those that are there now.</p>
        <div class="columns">
          ${delimited ? Object.entries(OPTIONS).map(([name, [label, options]]) => choice(name, label, values[name], known(options, values[name]), set(name))) : nothing}
          ${choice('structureCheck', 'Files looked into', values.structureCheck, CHECKS, set('structureCheck'))}
          ${choice('disableTypeInference', 'Types', values.disableTypeInference, [['false', 'As found'], ['true', 'Every value stays text']], set('disableTypeInference'))}
        </div>
      </fieldset>
      <div class="problems"></div>${this.#edited.meanwhile}
      <div class="actions"><button type="submit" class="main" ?disabled=${this.saving}>${this.saving ? 'Saving…' : 'Save'}</button>
        ${this.far ? html`<button type="button" @click=${() => stop(this.far)}>Cancel</button><span class="quiet" role="status">${farWords(this.far)}</span>` : nothing}</div>
    </form>`;
  }

  async #save(event) {
    event.preventDefault();
    const form = event.target;
    if (!complete(form)) return;
    const before = valuesOf(this.imported);
    const changed = Object.keys(before).filter(name => before[name] !== this.values[name]);
    const naming = changed.filter(name => ['name', 'description'].includes(name));
    const defaults = Object.fromEntries(variables(this.imported).map(({ key }) => [key, this.values[defaultOf(key)]]));
    const varied = changed.some(name => name in valuesByDefault(this.imported)) && { runParameters: withValues(this.imported.runParameters, defaults) };
    const reading = changed.filter(name => !naming.includes(name));
    this.saving = true;
    await attempt(form, async () => {
      if (reading.length) {
        const begun = await this.#edited.send(put, { ...Object.fromEntries(changed.filter(name => !(name in valuesByDefault(this.imported))).map(name => [name, this.#sent(name)])), ...varied }, { prefer: 'respond-async' });
        if (this.#edited.now || !await looked(begun, far => { this.far = far; })) return;
      } else if (naming.length) await this.#edited.send(patch, Object.fromEntries(naming.map(name => [name, this.#sent(name)])));
      if (this.#edited.now) return;
      settled(form);
      announce('Saved.');
      again();
    });
    Object.assign(this, { saving: false, far: null });
  }

  #sent(name) {
    const value = this.values[name].trim?.() || this.values[name];
    return value in YES_NO ? YES_NO[value] : value === '' ? null : value;
  }
}

const defaultOf = key => `default-${key}`;

/** What its variables are, by the names of their fields. */
const valuesByDefault = imported => Object.fromEntries(variables(imported).map(({ key, value }) => [defaultOf(key), value]));

const valuesOf = imported => ({ ...readingOf(imported), ...valuesByDefault(imported) });

const readingOf = ({ name, description, header, delimiter, encoding, quote, structureCheck, disableTypeInference }) => ({
  name,
  description: description ?? '',
  header: header === null ? '' : String(header),
  delimiter: delimiter ?? '',
  encoding: encoding ?? '',
  quote: quote === '' ? 'none' : quote ?? '',
  structureCheck,
  disableTypeInference: String(disableTypeInference),
});

const LABELS = { name: 'Name', description: 'Description', structureCheck: 'Files looked into', disableTypeInference: 'Every value stays text', ...Object.fromEntries(Object.entries(OPTIONS).map(([name, [label]]) => [name, label])) };

const factsOf = imported => Object.entries(valuesOf(imported)).map(([name, value]) => [LABELS[name] ?? name.replace(defaultOf(''), ''), value]);

/** What was said by a call may be none of those that are offered. */
const known = (options, value) => (options.some(([one]) => one === value) ? options : [...options, [value, value]]);

customElements.define('dataset-settings', DatasetSettings);
