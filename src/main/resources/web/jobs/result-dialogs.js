import { all, get, put, repeatable } from '../api.js';
import { button, dialog, el, link } from '../dom.js';
import { announce, busy, problem } from '../feedback.js';
import { field, form, text } from '../forms.js';
import { exact } from '../format.js';
import { parse, write } from '../uris.js';
import { home, pickPlace } from './place-picker.js';

export function makeDataset(job, output) {
  const post = repeatable();
  const name = text({ required: true, maxlength: 255, autofocus: true });
  name.value = `${job.name} ${job.id}`.slice(0, 255);
  const shown = dialog('New dataset from results', form(async () => {
    const dataset = await post(`/v4/jobGroups/${job.id}/outputs/${output}/dataset`, { name: name.value.trim() });
    shown.close();
    announce('Made the dataset ', link(dataset ? `#/datasets/${dataset.id}` : '#/datasets', exact(name.value.trim())), '.');
  }, [
    el('p', null, 'It has the files that the job has written here, and no others.'),
    field('name', 'Dataset name', name),
  ], [button('Cancel', () => shown.close()), el('button', { type: 'submit', class: 'main' }, 'Make dataset')]));
  name.select();
}

/** Asks for a folder and publishes the results there as well, by a job of its own. */
export async function publishElsewhere(job, changed) {
  try {
    const [connections, base] = await Promise.all([all('/v4/connections'), get('/v4/people/current/baseStorageConfigs')]);
    const setting = job.writeSettings?.data[0];
    const beside = setting && parse(setting.path);
    const uri = beside && connections.some(({ id }) => String(id) === beside.connectionId)
      ? write({ bucket: beside.bucket, key: '', connectionId: beside.connectionId }) : home(null, connections, base.s3);
    pickPlace({ title: 'Publish elsewhere', label: 'Publish here', connections, base: base.s3, uri }, (place, { shown, wrong, pressed }) => busy(pressed, 'Publishing…', async () => {
      try {
        const publication = await put(`/v4/jobGroups/${job.id}/publish`, { path: place });
        shown.close();
        announce('Being published by ', link(`#/jobs/${publication.id}`, `job ${publication.id}`), '.');
        changed();
      } catch (failure) {
        wrong.replaceChildren(exact(failure.message));
      }
    }));
  } catch (failure) {
    dialog('Publish elsewhere', problem(failure));
  }
}
