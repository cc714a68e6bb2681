import { html, nothing } from 'lit';
import { visible } from './format.js';

/**
 * An input with its label, a hint and a place for what is wrong with it, as `attempt` of `forms.js` fills it.
 *
 * @param name as problem documents call it; also the input's id, but where another form may be there with the same
 * @param input makes the input, with what belongs to it
 */
export const field = (name, label, input, { hint, kind, id = name } = {}) => html`
  <div class="field ${kind ?? ''}" data-field=${name}>
    <label for=${id}>${label}</label>
    ${input({ id, about: `${id}-hint ${id}-wrong` })}
    <p class="hint" id="${id}-hint">${hint || nothing}</p>
    <p class="wrong" id="${id}-wrong"></p>
  </div>`;

/** @param tidy whether blanks around it, which pasting brings along, are taken away */
export const text = (name, label, value, set, { hint, id: own, type = 'text', required, maxlength, placeholder, list, beside, tidy, inputmode, autocomplete = type === 'password' ? 'new-password' : 'off' } = {}) => field(name, label, ({ id, about }) => {
  const input = html`<input id=${id} type=${type} aria-describedby=${about} autocomplete=${autocomplete} autocapitalize=${inputmode || type === 'password' ? 'off' : nothing} inputmode=${inputmode ?? nothing} spellcheck="false" ?required=${required}
    maxlength=${maxlength ?? nothing} placeholder=${placeholder ?? nothing} list=${list ?? nothing} .value=${value ?? ''} @input=${event => set(event.target.value)} @change=${event => tidy && set(event.target.value.trim())}>`;
  return beside ? html`<div class="beside">${input}${beside}</div>` : input;
}, { hint, id: own });

export const lines = (name, label, value, set, { hint } = {}) => field(name, label, ({ id, about }) => html`
  <textarea id=${id} rows="3" aria-describedby=${about} autocomplete="off" spellcheck="false" .value=${value} @input=${event => set(event.target.value)}></textarea>`, { hint });

/** @param options pairs of value and label */
export const choice = (name, label, value, options, set, { hint, id: own } = {}) => field(name, label, ({ id, about }) => html`
  <select id=${id} aria-describedby=${about} @change=${event => set(event.target.value)}>${options.map(([one, words]) => html`
    <option value=${one} .selected=${one === (value ?? '')}>${visible(words)}</option>`)}</select>`, { hint, id: own });

export const check = (name, label, value, set, { hint } = {}) => field(name, label, ({ id, about }) => html`
  <input id=${id} type="checkbox" aria-describedby=${about} .checked=${Boolean(value)} @change=${event => set(event.target.checked)}>`, { hint, kind: 'check' });
