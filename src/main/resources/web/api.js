import { signInAgain, whose } from './sign-in-again.js';
import { query } from './uris.js';
import { words } from './words.js';

/** A refused request: what its error document says, and after how many seconds it may be tried again, if that is said. */
export class Problem extends Error {
  constructor(status, detail, retryAfter) {
    super(detail);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export const NOT_SIGNED_IN = 'You are not signed in, and nothing was done. Try again to sign in.';

// What a POST under an `x-execution-id` that was carried out before is answered.
const DONE_BEFORE = 304;

/** A request that finds the session ended is sent again once there is another one. */
async function request(method, path, options) {
  const answer = await sent(method, path, options);
  if (answer.status === 401) {
    if (await signInAgain()) return request(method, path, options);
    throw new Problem(401, NOT_SIGNED_IN);
  }
  if (!answer.ok && answer.status !== DONE_BEFORE) {
    throw await problemOf(answer.status, () => answer.json(), Number(answer.headers.get('retry-after')) || undefined);
  }
  return answer;
}

async function sent(method, path, { json, headers, signal } = {}) {
  try {
    return await fetch(path, {
      method,
      signal,
      headers: { accept: 'application/json', ...whose(), ...(json && { 'content-type': 'application/json' }), ...headers },
      body: json && JSON.stringify(json),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(0, 'Wharf cannot be reached. Check the network, and try again.');
  }
}

async function send(method, path, options) {
  const answer = await request(method, path, options);
  return answer.status === 204 || answer.status === DONE_BEFORE ? null : answer.json();
}

/**
 * An answer of lines, as they come: lists of objects, none of them empty. Its last line may be the failure that ended it.
 *
 * @param json what is asked by POST; without it, GET
 */
export async function* lines(path, signal, json, method = json ? 'POST' : 'GET') {
  const answer = await request(method, path, { headers: { accept: 'application/x-ndjson' }, signal, json });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const texts = (rest + value).split('\n');
      rest = texts.pop();
      const objects = texts.map(text => JSON.parse(text));
      const failure = objects.at(-1)?.type === 'error' ? objects.pop() : null;
      if (objects.length) yield objects;
      if (failure) throw new Problem(failure.status, words(failure.detail));
    }
  } catch (failure) {
    if (failure instanceof Problem || failure.name === 'AbortError') throw failure;
    throw new Problem(0, 'The answer broke off. Check the network, and try again.');
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param body reads the error document */
export async function problemOf(status, body, retryAfter) {
  const otherwise = `The request was refused (${status})`;
  const { detail = otherwise } = await body().catch(() => ({}));
  return new Problem(status, words(detail), retryAfter);
}

/** The same as `get`, with the version of which it is. */
export async function read(path, signal) {
  const answer = await request('GET', path, { signal });
  return { value: await answer.json(), version: answer.headers.get('etag') };
}

/**
 * Asks whether what a browser is to download would come.
 *
 * @throws Problem with the words of the service, which an answer to HEAD has none of
 */
export async function admitted(path) {
  const options = { headers: { accept: '*/*' } };
  if ((await sent('HEAD', path, options)).ok) return;
  await (await request('GET', path, options)).body.cancel();
}

export const get = (path, signal) => send('GET', path, { signal });
export const del = path => send('DELETE', path);
export const post = (path, json, headers) => send('POST', path, { json, headers });
export const put = (path, json, headers) => send('PUT', path, { json, headers });
export const patch = (path, json, headers) => send('PATCH', path, { json, headers });

/**
 * A POST that may be tried again: the same body goes under the same `x-execution-id`, so that a lost answer starts
 * nothing twice.
 *
 * @param sent what was sent last, and its id; who keeps it may try again after a reload
 */
export function repeatable(sent = {}) {
  return (path, json, headers) => {
    const text = JSON.stringify(json);
    if (text !== sent.body) {
      sent.body = text;
      sent.id = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
    }
    return send('POST', path, { json, headers: { ...headers, 'x-execution-id': sent.id } });
  };
}

/**
 * Everything of a list that is short by nature, such as the connections of a workspace.
 *
 * @param filter what else the query asks, such as `{ sharedRole: 'editor' }`
 */
export async function all(path, signal, filter = {}) {
  const limit = 1000;
  const rows = [];
  for (;;) {
    const { data } = await get(`${path}?${query({ ...filter, limit, offset: rows.length })}`, signal);
    rows.push(...data);
    if (data.length < limit) return rows;
  }
}
