SELECT id, name, owner_id, bucket, connection_id, disable_type_inference, byte_count
FROM imported_dataset
WHERE id = :id AND workspace_id = :workspace AND state = 'ready' AND deleted_at IS NULL
