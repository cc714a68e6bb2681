UPDATE job
SET status = 'Pending', node_id = NULL, process_id = NULL, document = NULL, due_at = NULL, updated_at = :now
WHERE id = :job
  AND node_id = :deadNode
  AND status IN ('Pending', 'InProgress')
  AND (process_id IS NULL OR renewed_at < :dead)
