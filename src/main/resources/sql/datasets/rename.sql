UPDATE imported_dataset
SET name = :name, description = :description, updater_id = :updater, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
