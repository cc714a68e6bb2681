import { all, get } from '../api.js';
import { head, linkButton } from '../dom.js';
import { exact } from '../format.js';
import './run-form.js';

export const TITLE = 'Run';

export async function show({ id, query, signal }) {
  const like = query.get('like');
  const [dataset, connections, base, { publishMetadata }, job] = await Promise.all([
    get(`/v4/importedDatasets/${id}`, signal),
    all('/v4/connections', signal),
    get('/v4/people/current/baseStorageConfigs', signal),
    get('/v4/connectorMetadata/aws', signal),
    like && get(`/v4/jobGroups/${like}?embed=writeSettings`, signal),
  ]);
  const form = Object.assign(document.createElement('run-form'), { imported: dataset, connections, base: base.s3, compressions: publishMetadata.publishInfo.compressions });
  form.begin(query.get('when') === 'schedule', job);
  return [head(['Run ', exact(dataset.name)], linkButton(`#/datasets/${id}`, 'Its rows')), form];
}
