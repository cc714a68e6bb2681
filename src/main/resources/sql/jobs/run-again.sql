UPDATE job
SET status = 'Pending', process_id = NULL, due_at = :now, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'wrangle' AND status = 'Complete'
