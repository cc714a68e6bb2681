UPDATE job
SET status = 'Canceled', due_at = NULL, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'profile' AND status IN ('Pending', 'InProgress')
