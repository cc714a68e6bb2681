// `s3://bucket/key?connectionId=136`. Keys are opaque: only the last marker is one, and nothing is normalised.
const MARKER = /\?connectionId=(\d{0,18})$/;

export function parse(text) {
  let rest = text.replace(/^s3:\/\//, '');
  const marker = MARKER.exec(rest);
  if (marker) rest = rest.slice(0, marker.index);
  const slash = rest.indexOf('/');
  return {
    bucket: slash < 0 ? rest : rest.slice(0, slash),
    key: slash < 0 ? '' : rest.slice(slash + 1),
    connectionId: marker?.[1] || null,
  };
}

export function write({ bucket, key, connectionId }) {
  const place = bucket ? `s3://${bucket}/${key}` : 's3://';
  return place + (connectionId ? `?connectionId=${connectionId}` : MARKER.test(key) ? '?connectionId=' : '');
}

/** The place as people write it: without the connection. */
export const location = ({ bucket, key }) => (bucket ? `s3://${bucket}/${key}` : 's3://');

/** The folders on the way to a key, each with its name. */
export function steps({ bucket, key, connectionId }) {
  const found = [];
  for (let slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
    const start = key.lastIndexOf('/', slash - 1) + 1;
    found.push({
      name: slash === 0 ? '' : key.slice(start, slash),
      uri: write({ bucket, key: key.slice(0, slash + 1), connectionId }),
    });
  }
  return found;
}

/** The folder that a file is in. */
export const parent = place => ({ ...place, key: place.key.slice(0, place.key.lastIndexOf('/', place.key.length - 2) + 1) });

/** The last part of a key, without a trailing slash. */
export function name({ bucket, key }) {
  const path = key.endsWith('/') ? key.slice(0, -1) : key;
  return key === '' ? bucket : path.slice(path.lastIndexOf('/') + 1);
}

/** A query for the service, which reads a plus as a plus: blanks are %20. */
export const query = values => new URLSearchParams(values).toString().replaceAll('+', '%20');

const LONGEST_LINK = 8_000; // characters; servers on the way take 8 KiB at least (RFC 9112, 3)

/**
 * One ZIP of files and folders; null where they are not of one bucket of one connection, or too many to be named.
 *
 * @param etags of the versions that are meant; counts where all of them are known
 */
export function archive(uris, etags = [null]) {
  const places = new Set(uris.map(parse).map(({ bucket, connectionId }) => `${bucket} ${connectionId}`));
  const link = `/vfsArchive?${query([...uris.map(uri => ['uri', uri]), ...(etags.every(Boolean) ? etags.map(etag => ['etag', etag]) : [])])}`;
  return places.size === 1 && link.length <= LONGEST_LINK ? link : null;
}

/** The view of a place; a whole connection is all its buckets. */
export const browse = uri => importFrom({ uri });

/** Where a connection, or base storage, begins: in its default bucket, or with all if it has none. */
export const entrance = connectionId => importFrom({ uri: write({ bucket: '', key: '', connectionId }), home: true });

/** What was opened: a connection opens its default bucket, and a path without a slash the folder of that name. */
export function opened(asked, rows) {
  const first = rows[0] && parse(rows[0].uri);
  if (!first) return asked;
  if (!asked.bucket && first.key) return { ...asked, bucket: first.bucket };
  return first.key.startsWith(`${asked.key}/`) && asked.key && !asked.key.endsWith('/') ? { ...asked, key: `${asked.key}/` } : asked;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/**
 * What somebody may mean by a path, the likelier first: a whole one, one that begins here or at the bucket, or one with the
 * bucket's name. Unless it names another connection, it is of this one.
 */
export function meant(typed, here) {
  if (MARKER.test(typed)) return [typed];
  const at = place => write({ ...place, connectionId: here.connectionId });
  const whole = /^s3[an]?:\/\//.test(typed);
  if (whole || !here.bucket) return [at(parse(typed.replace(/^s3[an]:/, 's3:')))];
  const named = parse(typed);
  const inBucket = key => ({ bucket: here.bucket, key });
  if (typed.startsWith('/')) return [at(inBucket(typed.slice(1)))];
  return [...new Set([
    named.bucket === here.bucket && named,
    inBucket(relative(typed, here.key)),
    inBucket(typed),
    BUCKET.test(named.bucket) && named,
  ].filter(Boolean).map(at))];
}

/** The key of a path that begins in the folder of another one. */
function relative(typed, key) {
  let folder = key.slice(0, key.lastIndexOf('/') + 1);
  let rest = typed.replace(/^(\.\/)+/, '');
  for (; rest.startsWith('../') && folder; rest = rest.slice(3)) folder = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
  return folder + rest;
}

/** The view that imports from a place: all buckets of a connection where it names none, unless it is `home`, its default one. */
export function importFrom({ uri, home = false, hidden = false, begins = '', filter = '', search = '' }) {
  return `#/import?${query({
    uri,
    ...(!home && !parse(uri).bucket && { buckets: 'all' }),
    ...(hidden && { hidden: 'yes' }),
    ...(begins && { begins }),
    ...(filter && { filter }),
    ...(search && { search }),
  })}`;
}
