UPDATE job
SET process_id = NULL, due_at = :again
WHERE id = :job
  AND status IN ('Pending', 'InProgress')
  AND ((process_id IS NULL AND due_at <= :now) OR (process_id IS NOT NULL AND renewed_at < :dead))
