SELECT COUNT(*)
FROM result_file
WHERE job_group_id = :jobGroup AND bucket = :bucket AND POSITION(CAST(:folder AS VARCHAR(4096)) IN object_key) = 1
