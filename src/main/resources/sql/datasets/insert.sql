INSERT INTO imported_dataset (uuid, workspace_id, owner_id, name, description, bucket, object_key, connection_id,
    parameters,
    disable_type_inference, text_header, text_delimiter, text_encoding, text_quote, created_at, updated_at)
VALUES (:uuid, :workspace, :owner, :name, :description, :bucket, :key, :connection,
    :parameters,
    :disableTypeInference, :header, :delimiter, :encoding, :quote, :now, :now)
