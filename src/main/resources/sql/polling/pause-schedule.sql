UPDATE schedule
SET is_enabled = FALSE, pause_reason = :reason, wanted = NULL, updated_at = :now
WHERE id = :id AND deleted_at IS NULL
