UPDATE job
SET updated_at = :now
WHERE job_group_id = :group AND job_type = 'wrangle' AND status = 'Pending' AND updated_at < :before
