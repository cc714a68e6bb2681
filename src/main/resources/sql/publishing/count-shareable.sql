SELECT COUNT(*) FROM result_file WHERE job_group_id = :jobGroup AND state = 'pending' AND source_uri LIKE 's3://%'
