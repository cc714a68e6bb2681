UPDATE schedule
SET is_enabled = :enabled, pause_reason = CASE WHEN :enabled = TRUE THEN NULL ELSE pause_reason END, queue_failure = NULL,
    queue_failed_at = NULL, failures = 0,
    wanted = CASE WHEN wanted = 'request' THEN wanted END, updater_id = :person, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
