SELECT id, job_type, status, error_message, created_at, updated_at
FROM job
WHERE job_group_id = :group
ORDER BY id
