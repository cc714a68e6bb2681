// What the operations of audit events are called here; one that is missing is shown by its own name.
export const OPERATIONS = [
  ['In stores', {
    listBuckets: 'List the buckets',
    listFolder: 'List a folder',
    listObjects: 'List objects',
    stat: 'Look at an object',
    read: 'Read an object',
    write: 'Write an object',
    copy: 'Copy an object',
    stage: 'Upload, not yet visible',
    commit: 'Make an upload visible',
    abort: 'Abort an upload',
    listUploads: 'List uploads in parts',
    archive: 'Download as ZIP',
    restoreObject: 'Restore an archived object',
    open: 'Use the store',
  }],
  ['Connections', {
    createConnection: 'Make a connection',
    patchConnection: 'Change a connection',
    putConnection: 'Replace a connection',
    deleteConnection: 'Delete a connection',
    getConnectionStatus: 'Test a connection',
    testConnection: 'Test a connection',
    dryRunConnection: 'Test a new connection',
    dryRunPatchConnection: 'Test a change of a connection',
    shareConnection: 'Share a connection',
    revokeConnectionPermission: 'Take a connection back',
  }],
  ['Datasets and jobs', {
    createImportedDataset: 'Import a dataset',
    deleteImportedDataset: 'Delete a dataset',
    createJobGroup: 'Start a job',
  }],
  ['Workspace', {
    createPerson: 'Add a person',
    updatePerson: 'Change a person',
    signIn: 'Sign in by a password',
    firstLogin: 'Sign in for the first time',
    createAccessToken: 'Make an access token',
    deleteAccessToken: 'Revoke an access token',
    createAwsConfig: 'Enter base storage',
    putAwsConfig: 'Change base storage',
    dryRunAwsConfig: 'Test base storage',
    dryRunPutAwsConfig: 'Test a change of base storage',
    deleteAwsConfig: 'Delete base storage',
    patchWorkspaceConfiguration: 'Change the workspace',
  }],
];

const NAMED = Object.assign({}, ...OPERATIONS.map(([, words]) => words));

export const operation = name => NAMED[name] ?? name;

export const OUTCOMES = { success: 'Done', denied: 'Denied', failed: 'Failed' };

/** How the wish came, of a person. */
export const VIA = { session: 'on this page', token: 'by access token', password: 'by password', oidc: 'by the identity provider' };

/** Who it was where it was no person. */
export const PROGRAMS = { job: 'A job', service: 'Wharf itself', membershipId: 'A trusted program' };
