UPDATE job
SET process_id = NULL, error_message = :reason, due_at = :due, updated_at = :now
WHERE id = :job AND process_id = :process AND status = 'InProgress'
