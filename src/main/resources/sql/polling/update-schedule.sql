UPDATE schedule
SET name = :name, is_enabled = :enabled, document = :document, queue_url = :queue,
    queue_failure = NULL, queue_failed_at = NULL, pause_reason = NULL, failures = 0, source_format = NULL,
    updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL AND updated_at = COALESCE(:believed, updated_at)
