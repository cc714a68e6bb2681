import { html, nothing } from 'lit';
import { exact } from '../format.js';

/**
 * A field for a parameter of a connection.
 *
 * @param parameter as `asked` gives it
 * @param wrong what is wrong with the value, if anything
 * @param changed takes the new value, null where it was emptied, and what the browser says is wrong with it
 */
export function parameterField(parameter, value, wrong, changed) {
  const { name, displayName, description, hint, needed } = parameter;
  const id = `parameter-${name.replace(/\W+/g, '-')}`;
  const tick = parameter.type === 'boolean' && parameter.default !== undefined;
  const attributes = { id, wrong, described: `${id}-hint ${id}-wrong` };
  return html`
    <div class="field ${tick ? 'check' : ''}" data-field=${name}>
      <label for=${id}>${displayName}${needed ? html`<span> (required)</span>` : nothing}</label>
      ${tick ? ticked(parameter, attributes, value, changed) : entered(parameter, attributes, value, changed)}
      <p class="hint" id="${id}-hint">${description ?? hint}</p>
      <p class="wrong" id="${id}-wrong" role=${wrong ? 'alert' : nothing}>${wrong ? exact(wrong) : nothing}</p>
    </div>`;
}

function ticked({ inverted = false }, { id, described }, value, changed) {
  return html`<input type="checkbox" id=${id} aria-describedby=${described} .checked=${value !== inverted} @change=${event => changed(event.target.checked !== inverted)}>`;
}

function entered(parameter, attributes, value, changed) {
  if (parameter.type === 'enum' || parameter.type === 'boolean') return chosen(parameter, attributes, value, changed);
  const { id, described, wrong } = attributes;
  const { type, needed, maxLength, tidy, nothing: none, placeholder, default: usual } = parameter;
  const text = event => {
    if (tidy) event.target.value = event.target.value.trim();
    changed(event.target.value.trim() || null, event.target.validationMessage);
  };
  // What was wrong is right as soon as it is: a message that went when Save is pressed would move Save away.
  const typed = event => changed(event.target.value || null, event.target.validationMessage);
  const invalid = wrong ? 'true' : nothing;
  const shown = none ?? placeholder ?? usual ?? '';
  if (type === 'text') {
    return html`<textarea id=${id} rows="6" aria-describedby=${described} aria-invalid=${invalid} maxlength=${maxLength ?? nothing} ?required=${needed} placeholder=${shown} autocomplete="off" spellcheck="false" .value=${value ?? ''} @change=${text}></textarea>
      <input type="file" class="from-file" aria-label="Fill in from a file" accept=".pem,.crt,.cer" @change=${async event => changed(await event.target.files[0]?.text() ?? null)}>`;
  }
  return html`<input id=${id} type=${type === 'secret' ? 'password' : 'text'} inputmode=${type === 'uri' ? 'url' : nothing} aria-describedby=${described} aria-invalid=${invalid}
    maxlength=${maxLength ?? nothing} ?required=${needed} placeholder=${shown} autocomplete=${type === 'secret' ? 'new-password' : 'off'} autocapitalize="off" spellcheck="false" .value=${value ?? ''} @change=${text} @input=${wrong ? typed : null}>`;
}

function chosen({ type, needed, values: options, words, nothing: none, default: usual }, { id, described, wrong }, value, changed) {
  const known = type === 'boolean' ? [['true', 'Yes'], ['false', 'No']] : options.map(option => [option, words?.[option] ?? option]);
  const empty = none ?? (usual === undefined ? 'Automatic' : null);
  const read = text => (text === '' ? null : type === 'boolean' ? text === 'true' : text);
  return html`<select id=${id} aria-describedby=${described} aria-invalid=${wrong ? 'true' : nothing} ?required=${needed} @change=${event => changed(read(event.target.value))}>
    ${empty ? html`<option value="" ?selected=${value === null}>${empty}</option>` : nothing}
    ${known.map(([option, label]) => html`<option value=${option} ?selected=${String(value) === option}>${label}</option>`)}</select>`;
}
