UPDATE imported_dataset
SET name = CASE WHEN :named = TRUE THEN :name ELSE name END,
    description = CASE WHEN :described = TRUE THEN :description ELSE description END,
    updater_id = :updater, updated_at = :now
WHERE id = :id AND deleted_at IS NULL AND updated_at = COALESCE(:believed, updated_at)
