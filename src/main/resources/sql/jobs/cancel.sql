UPDATE job
SET status = 'Canceled', committed_at = NULL, document = NULL, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish' AND status = 'Failed' AND committed_at IS NOT NULL
