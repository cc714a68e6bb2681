import { get, patch } from './api.js';
import { drawn, isCredential, put } from './connection-fields.js';
import { button, dialog, el } from './dom.js';
import { announce, problem } from './feedback.js';
import { form } from './forms.js';
import { exact } from './format.js';

/** Asks for the caller's own key pair where those who have a connection do not share one. */
export async function keyPairDialog(connection, done) {
  const content = el('div', null, el('p', { class: 'quiet', role: 'status' }, 'One moment…'));
  const asked = dialog('My key pair', el('p', { class: 'quiet' }, 'For ', exact(connection.name), '. Kept encrypted, and used by nobody else.'), content);
  try {
    const { connectionMetadata } = await get('/v4/connectorMetadata/aws');
    content.replaceChildren(keyPairForm(connection, connectionMetadata.connectionParameters, asked, done));
    content.querySelector('input').focus();
  } catch (failure) {
    content.replaceChildren(problem(failure), el('div', { class: 'actions' }, button('Close', () => asked.close())));
  }
}

function keyPairForm(connection, parameters, asked, done) {
  const fields = [...drawn(parameters.filter(({ name }) => isCredential(name)), {
    credentialType: connection.credentialType,
    pair: connection.hasCredentials ? 'kept' : null,
  }).values()].filter(({ name }) => isCredential(name));
  return form(async () => {
    const entered = fields.filter(field => field.read() !== null);
    if (entered.length) await patch(`/v4/connections/${connection.id}`, entered.reduce((body, field) => put(body, field.name, field.read()), {}));
    fields.forEach(field => field.write(null));
    asked.close();
    announce('Saved your key pair for ', exact(connection.name), '.');
    done();
  }, fields.map(field => field.node), [
    button('Cancel', () => asked.close()),
    el('button', { type: 'submit', class: 'main' }, 'Save'),
  ]);
}
