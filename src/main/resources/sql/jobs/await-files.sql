UPDATE job
SET status = 'Pending', process_id = NULL, attempts = 0, begun_at = NULL, error_message = NULL, due_at = :due, updated_at = :now
WHERE id = :job AND process_id = :process AND status = 'InProgress'
