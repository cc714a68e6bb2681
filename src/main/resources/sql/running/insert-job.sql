INSERT INTO job (job_group_id, job_type, status, attempts, created_at, updated_at)
VALUES (:group, :type, 'Pending', 0, :now, :now)
