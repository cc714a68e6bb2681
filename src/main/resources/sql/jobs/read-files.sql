SELECT object_key FROM read_file WHERE job_group_id = :jobGroup ORDER BY file_no
