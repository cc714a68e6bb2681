-- What a list is narrowed and sorted by, and no more, as there may be very many. HSQLDB takes any index that fits a
-- condition before that of the order, and would read a whole workspace for a page: so two columns are hidden from it.
SELECT d.id, d.name, d.description, d.bucket, d.object_key, d.created_at, d.updated_at
FROM imported_dataset d
WHERE d.workspace_id + 0 = :workspace AND (d.owner_id = :person OR :all)
    AND d.deleted_at IS NULL AND COALESCE(d.manifest_id, 0) <> 0
    AND (:owned = FALSE OR d.owner_id = :person)
    AND (:shared = FALSE OR d.owner_id <> :person)
    AND (:owner = 0 OR d.owner_id = :owner)
    AND (:anywhere = TRUE OR d.connection_id = :connection OR (:baseStorage = TRUE AND d.connection_id IS NULL))
    AND (:flow = 0
         OR d.id IN (SELECT COALESCE(n.dataset_id, r.dataset_id)
                     FROM flow_node n
                     LEFT JOIN flow_node r ON r.id = n.recipe_id
                     WHERE n.flow_id = :flow AND n.deleted_at IS NULL))
    AND (:schematized = FALSE
         OR EXISTS (SELECT 1 FROM manifest m WHERE m.id = d.manifest_id AND m.found LIKE '{"structure":{%'))
