SELECT id, uuid, workspace_id, owner_id, name, description, credential_type, is_global, credentials_shared,
    disable_type_inference, default_bucket, params, created_at, updated_at
FROM connection
WHERE workspace_id = :workspace AND (owner_id = :person OR is_global) AND deleted_at IS NULL
ORDER BY id
LIMIT :limit OFFSET :offset
