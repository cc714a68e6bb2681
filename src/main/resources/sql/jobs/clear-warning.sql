UPDATE job_group SET warning = NULL WHERE id = :jobGroup AND status = 'Complete'
