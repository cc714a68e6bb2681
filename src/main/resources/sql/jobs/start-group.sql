UPDATE job_group SET status = 'InProgress', updated_at = :now WHERE id = :jobGroup AND status = 'Created'
