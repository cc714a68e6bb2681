SELECT DISTINCT bucket
FROM imported_dataset
WHERE workspace_id = :workspace AND connection_id IS NULL AND deleted_at IS NULL AND (:owner = -1 OR owner_id = :owner)
ORDER BY bucket
