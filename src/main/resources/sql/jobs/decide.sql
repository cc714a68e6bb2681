UPDATE job
SET committed_at = :now, updated_at = :now
WHERE id = :job AND process_id = :process AND status = 'InProgress' AND committed_at IS NULL
