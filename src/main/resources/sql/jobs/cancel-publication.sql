UPDATE job
SET status = CASE WHEN committed_at IS NULL THEN 'Canceled' ELSE 'Failed' END, due_at = NULL, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish'
