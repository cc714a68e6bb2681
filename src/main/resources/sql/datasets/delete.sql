UPDATE imported_dataset SET deleted_at = :now, updated_at = :now WHERE id = :id AND deleted_at IS NULL
