SELECT id, uuid, workspace_id, owner_id, COALESCE(updater_id, owner_id) AS updater_id, name, description, credential_type,
    is_global, credentials_shared, disable_type_inference, default_bucket, params, created_at, updated_at,
    CAST(NULL AS VARCHAR(20)) AS grant_name
FROM connection
WHERE id = :id AND deleted_at IS NULL
