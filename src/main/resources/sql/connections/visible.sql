SELECT c.id, c.uuid, c.workspace_id, c.owner_id, COALESCE(c.updater_id, c.owner_id) AS updater_id, c.name, c.unique_name,
    c.description, c.credential_type, c.is_global, c.credentials_shared, c.disable_type_inference, c.default_bucket,
    c.params, c.created_at, c.updated_at, s.grant_name
FROM connection c
LEFT JOIN connection_share s ON s.connection_id = c.id AND s.person_id = :person
WHERE c.workspace_id = :workspace AND c.deleted_at IS NULL
    AND (c.owner_id = :person OR c.is_global OR s.person_id IS NOT NULL OR :admin = TRUE)
    AND :matches = TRUE
    AND (:role = 'any'
         OR :role = CASE WHEN c.owner_id = :person THEN 'owner'
                         WHEN s.grant_name IS NOT NULL THEN s.grant_name
                         WHEN c.is_global THEN 'viewer'
                         ELSE 'none' END)
