import { html, nothing } from 'lit';
import { get } from '../api.js';
import { exact } from '../format.js';
import { Loaded } from '../loaded.js';
import { bars, histogram, quality } from './profile-charts.js';

const COLUMNS = 30; // shown at first, and more with each press

const TYPES = { Integer: 'whole number', Float: 'number', Bool: 'yes or no', Datetime: 'date and time', String: 'text', Array: 'list', Map: 'structure' };

/** What the values of a job's results are like, column by column. */
class JobProfile extends Loaded {
  static properties = { job: { attribute: false }, shown: { state: true } };
  static waits = 'Reading the profile…';

  constructor() {
    super();
    this.shown = COLUMNS;
  }

  fetch(signal) {
    return get(`/v4/jobGroups/${this.job.id}/profile`, signal);
  }

  content({ profilerTypeCheckHistograms: checked, profilerValidValueHistograms: values, columnTypes }) {
    const names = Object.keys(checked);
    return html`
      <p class="quiet">Every row was looked at. ${legend()}</p>
      <div class="profiles">${names.slice(0, this.shown).map(name => column(name, checked[name], values[name], columnTypes[name]))}</div>
      ${names.length > this.shown ? html`<div class="more"><button type="button" @click=${() => { this.shown += COLUMNS; }}>More of ${names.length} columns</button></div>` : nothing}`;
  }
}

const legend = () => html`<span class="key valid">valid</span> <span class="key mismatched">not of the type</span> <span class="key missing">missing</span>`;

function column(name, checked, values, [type]) {
  const counts = Object.fromEntries(checked.map(({ key, count }) => [key, count]));
  return html`<section class="profile"><h2>${exact(name)} <span class="quiet">${TYPES[type] ?? type}</span></h2>
    ${quality(counts)}
    ${values.buckets?.length > 1 ? histogram(values) : bars(values)}
    <dl class="known">${facts(values).map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></section>`;
}

const said = value => (typeof value === 'number' ? Number(value.toPrecision(6)).toLocaleString(undefined, { maximumFractionDigits: 6 }) : exact(String(value)));

function facts({ approximateDistinct, distinctIsExact, min, max, mean, quartiles, topk }) {
  const [most] = topk;
  return [
    ['Different', `${distinctIsExact ? '' : 'about '}${approximateDistinct.toLocaleString()}`],
    min !== null && ['From, to', html`${said(min)} – ${said(max)}`],
    mean !== undefined && mean !== null && ['Mean', said(mean)],
    quartiles && quartiles.q2 !== null && ['Median', html`about ${said(quartiles.q2)}`],
    most?.count > 1 && ['Most frequent', html`${exact(most.key)} <span class="quiet">${most.count.toLocaleString()}</span>`],
  ].filter(Boolean);
}

customElements.define('job-profile', JobProfile);
