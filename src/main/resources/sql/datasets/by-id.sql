SELECT id, uuid, workspace_id, owner_id, name, description, bucket, object_key, connection_id,
    disable_type_inference, text_header, text_delimiter, text_encoding, text_quote,
    file_count, byte_count, ignored_count, created_at, updated_at, deleted_at,
    CAST(NULL AS VARCHAR(36)) AS connection_uuid
FROM imported_dataset
WHERE id = :id
