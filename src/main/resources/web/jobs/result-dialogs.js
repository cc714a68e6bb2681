import { all, get, put } from '../api.js';
import { dialog, link } from '../dom.js';
import { announce, busy, problem, whisper } from '../feedback.js';
import { exact } from '../format.js';
import { nameDialog } from '../name-dialog.js';
import { parse, write } from '../uris.js';
import { home, pickPlace } from './place-picker.js';

export const makeDataset = (job, output) => nameDialog('New dataset from results', {
  said: 'It has the files that the job has written here, and no others.',
  label: 'Dataset name',
  name: `${job.name} ${job.id}`.slice(0, 255),
  verb: 'Make dataset',
  path: `/v4/jobGroups/${job.id}/outputs/${output}/dataset`,
}, (dataset, name) => announce('Made the dataset ', link(dataset ? `#/datasets/${dataset.id}` : '#/datasets', exact(name)), '.'));

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
        whisper(`Being published by job ${publication.id}.`);
        changed();
      } catch (failure) {
        wrong.replaceChildren(exact(failure.message));
      }
    }));
  } catch (failure) {
    dialog('Publish elsewhere', problem(failure));
  }
}
