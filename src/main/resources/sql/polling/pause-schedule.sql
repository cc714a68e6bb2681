UPDATE schedule
SET is_enabled = FALSE, pause_reason = :reason, queue_failure = NULL, queue_failed_at = NULL,
    wanted = CASE WHEN wanted = 'request' THEN wanted END, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
