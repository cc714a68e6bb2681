UPDATE job
SET due_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish' AND process_id IS NULL AND document IS NOT NULL
  AND status IN ('Pending', 'InProgress')
