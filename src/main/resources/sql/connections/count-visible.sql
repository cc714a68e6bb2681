SELECT COUNT(*) FROM connection
WHERE workspace_id = :workspace AND (owner_id = :person OR is_global) AND deleted_at IS NULL
