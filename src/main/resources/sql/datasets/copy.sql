-- With the same manifest, which nothing changes and which stays as long as a dataset has it.
INSERT INTO imported_dataset (id, uuid, workspace_id, owner_id, name, description, bucket, object_key, connection_id,
    parameters, disable_type_inference, text_header, text_delimiter, text_encoding, text_quote,
    structure_check, columns_union, column_types, skip_archived, manifest_id, created_at, updated_at)
SELECT CAST(:copy AS BIGINT), CAST(:uuid AS VARCHAR(36)), workspace_id, CAST(:owner AS BIGINT), CAST(:name AS VARCHAR(255)), description, bucket,
    object_key, connection_id, parameters, disable_type_inference, text_header, text_delimiter, text_encoding, text_quote,
    structure_check, columns_union, column_types, skip_archived, manifest_id,
    CAST(:now AS TIMESTAMP WITH TIME ZONE), CAST(:now AS TIMESTAMP WITH TIME ZONE)
FROM imported_dataset
WHERE id = :id AND deleted_at IS NULL
