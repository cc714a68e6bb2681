SELECT document FROM job WHERE job_group_id = :jobGroup AND job_type = 'publish' AND document IS NOT NULL
