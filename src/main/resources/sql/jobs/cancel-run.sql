UPDATE job
SET status = 'Canceled', process_id = NULL, due_at = NULL, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type IN ('wrangle', 'profile') AND status IN ('Pending', 'InProgress')
