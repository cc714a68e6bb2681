UPDATE job
SET status = :status, error_message = :message, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'profile' AND status = 'InProgress'
