INSERT INTO job (job_group_id, job_type, status, attempts, document, due_at, created_at, updated_at)
VALUES (:jobGroup, 'publish', 'Pending', 0, :document, :due, :now, :now)
