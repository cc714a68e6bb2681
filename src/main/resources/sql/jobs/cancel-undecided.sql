UPDATE job
SET status = 'Canceled', process_id = NULL, document = NULL, due_at = NULL, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish' AND status IN ('Pending', 'InProgress') AND committed_at IS NULL
