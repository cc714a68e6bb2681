UPDATE schedule
SET name = :name, is_enabled = :enabled, document = :document, pause_reason = NULL, failures = 0, source_format = NULL,
    updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
