SELECT id, name, owner_id, bucket, connection_id, disable_type_inference, byte_count,
    text_header, text_delimiter, text_encoding, text_quote
FROM imported_dataset
WHERE id = :id AND workspace_id = :workspace AND state = 'ready' AND deleted_at IS NULL
