/** What the caller may do with a connection; `policyTag` says as what they have it. */
export function rightsOf({ policyTag: tag }, me) {
  const owns = tag === 'connection_owner';
  return {
    owns,
    edit: owns || me.workspaceAdmin || tag === 'connection_editor',
    remove: owns || me.workspaceAdmin,
    publish: me.workspaceAdmin,
    audit: owns || me.workspaceAdmin,
    use: Boolean(tag), // administrators manage also what they may not use
  };
}
