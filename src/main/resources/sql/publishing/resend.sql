UPDATE job
SET process_id = NULL, sent_at = :now, updated_at = :now
WHERE id = :job AND status IN ('Pending', 'InProgress') AND updated_at <= :seen
