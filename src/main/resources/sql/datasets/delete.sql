UPDATE imported_dataset SET deleted_at = :now, updated_at = :now, updater_id = :updater
WHERE id = :id AND deleted_at IS NULL
