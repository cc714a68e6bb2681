SELECT COUNT(*) FROM imported_dataset
WHERE workspace_id = :workspace AND (owner_id = :person OR :all) AND state = 'ready' AND deleted_at IS NULL
