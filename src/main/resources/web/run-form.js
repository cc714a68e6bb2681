import { repeatable } from './api.js';
import { el } from './dom.js';
import { checkbox, field, form, select, text } from './forms.js';
import { exact } from './format.js';
import { parse, write } from './uris.js';

const FORMATS = [['csv', 'CSV'], ['json', 'JSON Lines'], ['pqt', 'Parquet'], ['avro', 'Avro']];

/**
 * Asks where results go and in which format; starts the job and shows it.
 *
 * @param base the person's base storage
 */
export function runForm(dataset, connections, base) {
  const post = repeatable();
  const from = parse(dataset.uri);
  const store = select([['', 'Base storage'], ...connections.map(connection => [String(connection.id), connection.name])]);
  const folder = text({ required: true, placeholder: 'bucket/folder' });
  const file = text({ required: true, maxlength: 200 });
  const format = select(FORMATS);
  const header = checkbox({ checked: true });
  const preview = el('p', { class: 'preview', role: 'status' });
  const headerField = field('writesettings.header', 'Column names in the first row', header);

  store.value = connections.some(connection => String(connection.id) === from.connectionId) ? from.connectionId : '';
  const propose = () => {
    if (!store.value) {
      folder.value = base.baseURL ? base.baseURL.replace('s3://', '') + base.outputHomeDir : '';
      return;
    }
    const bucket = store.value === from.connectionId ? from.bucket : connections.find(connection => String(connection.id) === store.value)?.bucket;
    folder.value = bucket ? `${bucket}/results` : '';
  };
  store.addEventListener('change', propose);
  propose();
  file.value = slug(dataset.name);
  const place = () => `s3://${folder.value.trim().replace(/^s3:\/\//, '').replace(/\/+$/, '')}/${file.value.trim()}`;
  const path = () => write({ ...parse(`${place()}.${format.value}`), connectionId: store.value || null });
  const update = () => {
    headerField.hidden = format.value !== 'csv';
    preview.replaceChildren('Goes into a folder of its own: ', exact(`${place()}_`), el('i', null, 'job number'), exact(`/${file.value.trim()}.${format.value}`));
  };

  const node = form(async () => {
    const started = await post('/v4/jobGroups', {
      wrangledDataset: { id: dataset.id },
      overrides: {
        execution: 'photon',
        writesettings: [{
          path: path(),
          action: 'create',
          format: format.value,
          asSingleFile: true,
          ...(format.value === 'csv' && { header: header.checked }),
        }],
      },
    });
    window.location.hash = started ? `/jobs/${started.id}` : '/jobs';
  }, [
    el('div', { class: 'columns' },
      field('writesettings.connectionId', 'Write results to', store),
      field('writesettings.path', 'Folder', folder, 'Bucket first. Nothing that is there is overwritten.'),
      field('writesettings.file', 'File name', file, 'Without an extension.'),
      field('writesettings.format', 'Format', format)),
    headerField,
    preview,
  ], [el('button', { type: 'submit', class: 'main' }, 'Run job')]);
  node.addEventListener('input', update);
  update();
  return node;
}

const slug = name => name.trim().toLowerCase().replace(/[^\p{L}\p{N}._=-]+/gu, '-').replace(/^[-._]+|-+$/g, '').slice(0, 100) || 'results';
