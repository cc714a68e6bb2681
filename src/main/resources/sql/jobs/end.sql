UPDATE job
SET status = :status, process_id = NULL, error_message = :reason, due_at = NULL, updated_at = :now
WHERE id = :job AND process_id = :process AND status = 'InProgress'
