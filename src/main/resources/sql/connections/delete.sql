UPDATE connection SET deleted_at = :now, updated_at = :now, unique_name = uuid
WHERE id = :id AND deleted_at IS NULL
