SELECT job_group_id FROM job WHERE id = :job
