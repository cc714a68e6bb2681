UPDATE flow SET name = :name, description = :description, updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
