import { repeatable } from './api.js';
import { button, dialog, el, link } from './dom.js';
import { announce } from './feedback.js';
import { field, form, text } from './forms.js';
import { exact } from './format.js';
import { location, parse } from './uris.js';

/** Asks for a name and imports a file or a folder. */
export function importDialog({ uri, name, folder }) {
  const post = repeatable();
  const input = text({ required: true, maxlength: 255, autofocus: true });
  const description = text({ maxlength: 4000 });
  const progress = el('p', { role: 'status' });
  input.value = proposed(name, folder);
  const content = form(async () => {
    progress.textContent = folder ? 'Looking through the folder. Many files take a while.' : 'Importing…';
    try {
      const dataset = await post('/v4/importedDatasets', {
        uri,
        name: input.value.trim(),
        ...(description.value.trim() && { description: description.value.trim() }),
      });
      asked.close();
      announce('Imported ', dataset ? link(`#/datasets/${dataset.id}`, exact(dataset.name)) : link('#/datasets', 'the dataset'), '.');
    } finally {
      progress.textContent = '';
    }
  }, [
    el('p', { class: 'quiet' }, exact(location(parse(uri)))),
    folder && el('p', null, 'All files in this folder and its sub-folders become one dataset. They must have one format; markers and hidden names are left out.'),
    field('name', 'Dataset name', input),
    field('description', 'Description', description),
    progress,
  ].filter(Boolean), [button('Cancel', () => asked.close()), el('button', { type: 'submit', class: 'main' }, 'Import')]);
  const asked = dialog(folder ? 'Import folder' : 'Import file', content);
  input.select();
}

/** A file's name without its extensions; a folder's as it is. */
const proposed = (name, folder) => (folder ? name : name.replace(/(?<=.)(\.[A-Za-z0-9]{1,8}){1,2}$/, '')).slice(0, 255);
