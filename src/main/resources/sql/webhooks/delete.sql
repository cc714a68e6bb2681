UPDATE webhook_task SET deleted_at = :now, updater_id = :person, updated_at = :now WHERE id = :id AND deleted_at IS NULL
