INSERT INTO job (job_group_id, job_type, status, attempts, due_at, created_at, updated_at)
VALUES (:group, :type, 'Pending', 0, :due, :now, :now)
