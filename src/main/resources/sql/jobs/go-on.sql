UPDATE job
SET status = 'Pending', attempts = 0, process_id = NULL, error_message = NULL, due_at = :due, updated_at = :now
WHERE job_group_id = :jobGroup AND job_type = 'publish' AND status = 'Failed' AND committed_at IS NOT NULL
  AND document IS NOT NULL
