UPDATE job
SET status = 'Canceled', updated_at = :now
WHERE job_group_id = :group AND job_type = 'publish'
