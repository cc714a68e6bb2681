SELECT name FROM job_group WHERE id = :jobGroup
