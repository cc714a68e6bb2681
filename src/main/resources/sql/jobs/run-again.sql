UPDATE job
SET status = 'Pending', process_id = NULL, due_at = :now, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type IN ('wrangle', 'profile') AND (status = 'Complete' OR job_type = 'profile')
