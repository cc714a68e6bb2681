// What a form for a store begins with. `{region}` in an endpoint follows the region that is entered; `<…>` is to be replaced.
export const STORES = [
  { kind: 'aws', name: 'External Amazon S3', group: 'Amazon', about: 'Buckets of any AWS account, each connection in one region.' },
  { kind: 'minio', name: 'MinIO', group: 'On machines of your own', about: 'AIStor and community editions.', endpoint: 'https://minio.example.org:9000', pathStyle: true },
  { kind: 'ceph', name: 'Ceph RGW', group: 'On machines of your own', about: 'The object gateway of a Ceph cluster.', endpoint: 'https://rgw.example.org', pathStyle: true },
  { kind: 'other', name: 'Other S3-compatible', group: 'On machines of your own', about: 'Whatever speaks the S3 protocol: Garage, SeaweedFS, NetApp, Dell and more.', endpoint: 'https://s3.example.org' },
  { kind: 'r2', name: 'Cloudflare R2', group: 'Hosted', about: 'The account’s id is on the overview of R2.', endpoint: 'https://<account-id>.r2.cloudflarestorage.com', region: 'auto' },
  { kind: 'wasabi', name: 'Wasabi', group: 'Hosted', about: 'Hot cloud storage.', endpoint: 'https://s3.{region}.wasabisys.com', region: 'eu-central-1' },
  { kind: 'b2', name: 'Backblaze B2', group: 'Hosted', about: 'An application key is the key pair.', endpoint: 'https://s3.{region}.backblazeb2.com', region: 'us-west-004' },
  { kind: 'spaces', name: 'DigitalOcean Spaces', group: 'Hosted', about: 'A Space is a bucket.', endpoint: 'https://{region}.digitaloceanspaces.com', region: 'fra1' },
  { kind: 'gcs', name: 'Google Cloud Storage', group: 'Hosted', about: 'By HMAC keys of a service account.', endpoint: 'https://storage.googleapis.com', region: 'auto' },
  { kind: 'scaleway', name: 'Scaleway', group: 'Hosted', about: 'Object Storage.', endpoint: 'https://s3.{region}.scw.cloud', region: 'fr-par' },
  { kind: 'hetzner', name: 'Hetzner', group: 'Hosted', about: 'Object Storage; the region is the location.', endpoint: 'https://{region}.your-objectstorage.com', region: 'fsn1' },
  { kind: 'ovh', name: 'OVHcloud', group: 'Hosted', about: 'Object Storage, by its S3 API.', endpoint: 'https://s3.{region}.io.cloud.ovh.net', region: 'gra' },
];

export const storeOf = kind => STORES.find(store => store.kind === kind);

/** The endpoint of a store in a region; nothing for AWS. */
export const endpointOf = ({ endpoint }, region) => endpoint?.replace('{region}', region || '<region>') ?? null;

/** Values of a form for a store, by the names of parameters. */
export const begun = store => ({
  'params.region': store.region ?? null,
  'params.endpoint': endpointOf(store, store.region),
  'params.pathStyle': store.pathStyle ?? null,
});
