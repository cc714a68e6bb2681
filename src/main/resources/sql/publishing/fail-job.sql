UPDATE job
SET status = 'Failed', process_id = NULL, error_message = :reason, updated_at = :now
WHERE id = :job AND process_id = :process AND status = 'InProgress' AND committed_at IS NULL
