UPDATE schedule
SET is_enabled = FALSE, wanted = NULL, queue_url = NULL, deleted_at = :now, updated_at = :now, updater_id = :person
WHERE id = :id AND deleted_at IS NULL
