SELECT d.id, d.uuid, d.workspace_id, d.owner_id, d.name, d.description, d.bucket, d.connection_id,
    COALESCE(d.updater_id, d.owner_id) AS updater_id,
    d.parameters,
    COALESCE(
        (SELECT f.object_key FROM manifest_file f
         WHERE d.parameters IS NOT NULL AND f.manifest_id = d.manifest_id AND f.file_no = 0),
        d.object_key) AS object_key,
    d.disable_type_inference, d.text_header, d.text_delimiter, d.text_encoding, d.text_quote,
    d.structure_check, d.columns_union, d.column_types, d.skip_archived,
    d.manifest_id, m.file_count, m.byte_count, m.ignored_count, m.found, d.created_at, d.updated_at, d.deleted_at,
    CAST(NULL AS VARCHAR(36)) AS connection_uuid
FROM imported_dataset d
JOIN manifest m ON m.id = d.manifest_id
WHERE d.id = :id AND d.workspace_id = :workspace AND d.deleted_at IS NULL
