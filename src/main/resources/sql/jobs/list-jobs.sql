SELECT id, job_group_id, job_type, status, error_message, created_at, updated_at
FROM job
WHERE job_group_id IN (:groups)
ORDER BY id
