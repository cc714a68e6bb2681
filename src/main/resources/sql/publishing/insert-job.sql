INSERT INTO job (job_group_id, job_type, status, attempts, document, sent_at, created_at, updated_at)
VALUES (:jobGroup, 'publish', 'Pending', 0, :document, :now, :now, :now)
