UPDATE job
SET node_id = NULL, process_id = NULL, due_at = :now
WHERE id = :job
  AND node_id = :deadNode
  AND status IN ('Pending', 'InProgress')
  AND (process_id IS NULL OR renewed_at < :dead)
  AND EXISTS (SELECT 1 FROM result_file f WHERE f.job_group_id = job.job_group_id)
  AND NOT EXISTS (SELECT 1 FROM result_file f WHERE f.job_group_id = job.job_group_id AND f.state = 'pending')
