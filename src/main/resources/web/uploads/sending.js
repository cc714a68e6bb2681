import { get, NOT_SIGNED_IN, Problem, problemOf } from '../api.js';
import { signInAgain, whose } from '../sign-in-again.js';

// What is smaller is sent anew as quickly as it is gone on with: the service keeps parts of 8 MiB.
const RESUMABLE = 16 * 1024 * 1024;
const VERSION = { 'tus-resumable': '1.0.0' };

/**
 * Sends a file to base storage once. Large ones go by the tus protocol (tus.io), and go on from where they are at `address`.
 *
 * @param told `{ began(address), kept(bytes), sent(bytes), stored() }`
 * @return a promise of the file, as the service has it
 */
export async function send({ file, address }, told, signal) {
  if (file.size < RESUMABLE) return JSON.parse((await request('PUT', `/v4/uploads?name=${encodeURIComponent(file.name)}`, { accept: 'application/json', 'content-type': 'application/octet-stream' }, file, told, 0, signal)).responseText);
  const place = address ?? await begin(file); // to its end, also when it is cancelled meanwhile: nobody else knows its address
  if (!address) told.began(place);
  signal.throwIfAborted();
  const { offset, upload } = await get(place, signal);
  if (upload) return upload;
  told.kept(offset);
  await request('PATCH', place, { ...VERSION, 'upload-offset': offset, 'content-type': 'application/offset+octet-stream' }, file.slice(offset), told, offset, signal);
  return (await get(place, signal)).upload;
}

async function begin(file) {
  const begun = await request('POST', '/v4/uploads', {
    ...VERSION, 'upload-length': file.size, 'upload-metadata': `filename ${base64(file.name)},filetype ${base64(file.type)}`,
  }, null, {}, 0, new AbortController().signal);
  return begun.getResponseHeader('location');
}

/** Of a text in UTF-8; btoa takes single bytes only. */
const base64 = text => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** A file that is gone or was changed looks like a broken connection; going on would never end. */
async function unreadable(body) {
  try {
    await body?.slice(0, 1).arrayBuffer();
    return null;
  } catch {
    return new Problem(400, 'The file cannot be read any more. Was it moved or changed? Choose it again.');
  }
}

/** fetch tells nothing of the progress of what it sends; XMLHttpRequest does. */
async function request(method, path, headers, body, told, offset, signal) {
  const answer = await new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    const abort = () => asked.abort();
    signal.addEventListener('abort', abort);
    asked.upload.addEventListener('progress', event => told.sent?.(offset + event.loaded));
    asked.upload.addEventListener('load', () => told.stored?.());
    asked.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    asked.addEventListener('load', () => resolve(asked));
    asked.addEventListener('error', async () => reject(await unreadable(body) ?? new Problem(0, 'The connection broke off.')));
    asked.addEventListener('abort', () => reject(signal.reason));
    asked.open(method, path);
    for (const [name, value] of Object.entries({ ...whose(), ...headers })) asked.setRequestHeader(name, value);
    told.sent?.(offset);
    asked.send(body);
  });
  if (answer.status === 401) {
    if (await signInAgain()) return request(method, path, headers, body, told, offset, signal);
    throw new Problem(401, NOT_SIGNED_IN);
  }
  if (answer.status >= 300) throw await problemOf(answer.status, async () => JSON.parse(answer.responseText), Number(answer.getResponseHeader('retry-after')) || null);
  return answer;
}
