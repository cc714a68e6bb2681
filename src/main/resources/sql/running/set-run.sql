UPDATE job
SET status = :status, error_message = :error, updated_at = :now
WHERE job_group_id = :group AND job_type = 'wrangle'
