UPDATE job
SET due_at = :due
WHERE job_group_id = :jobGroup AND job_type = :type AND process_id IS NULL AND status IN ('Pending', 'InProgress')
