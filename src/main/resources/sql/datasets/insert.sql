INSERT INTO imported_dataset (id, uuid, workspace_id, owner_id, name, description, bucket, object_key, connection_id,
    parameters, disable_type_inference, text_header, text_delimiter, text_encoding, text_quote, structure_check,
    columns_union, column_types, skip_archived, created_at, updated_at)
VALUES (:id, :uuid, :workspace, :owner, :name, :description, :bucket, :key, :connection,
    :parameters, :disableTypeInference, :header, :delimiter, :encoding, :quote, :check,
    :union, :types, :skipArchived, :now, :now)
