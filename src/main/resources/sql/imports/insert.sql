INSERT INTO imported_dataset (uuid, workspace_id, owner_id, name, description, bucket, object_key, connection_id,
    disable_type_inference, state, file_count, byte_count, ignored_count, created_at, updated_at)
VALUES (:uuid, :workspace, :owner, :name, :description, :bucket, :key, :connection,
    :disableTypeInference, 'importing', 0, 0, 0, :now, :now)
