UPDATE job
SET status = 'Complete', process_id = NULL, error_message = NULL, updated_at = :now
WHERE id = :job AND process_id = :process AND status = 'InProgress'
