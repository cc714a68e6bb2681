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
    c.uuid AS connection_uuid, c.name AS connection_name, c.description AS connection_description, c.credential_type,
    c.is_global, c.default_bucket
FROM imported_dataset d
JOIN manifest m ON m.id = d.manifest_id
-- Of a connection that is no longer shared with them, people see its id alone.
LEFT JOIN connection c ON c.id = d.connection_id
    AND (c.owner_id = :person OR c.is_global OR :all
         OR EXISTS (SELECT 1 FROM connection_share s WHERE s.connection_id = c.id AND s.person_id = :person))
-- By its id: given both, HSQLDB would read all that the workspace has.
WHERE d.id IN (:ids) AND d.workspace_id + 0 = :workspace AND (d.owner_id = :person OR :all)
