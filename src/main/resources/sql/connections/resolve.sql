SELECT c.id, c.uuid, c.workspace_id, c.owner_id, COALESCE(c.updater_id, c.owner_id) AS updater_id, c.name,
    c.description, c.credential_type, c.is_global, c.credentials_shared, c.disable_type_inference, c.default_bucket,
    c.params, c.created_at, c.updated_at, s.grant_name
FROM connection c
LEFT JOIN connection_share s ON s.connection_id = c.id AND s.person_id = :#${variable.caller.personId}
WHERE c.id = :#${variable.id} AND c.workspace_id = :#${variable.caller.workspaceId} AND c.deleted_at IS NULL
