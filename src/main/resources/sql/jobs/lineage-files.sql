SELECT connection_id, bucket, object_key
FROM result_file
WHERE job_group_id = :jobGroup AND state = 'published' AND NOT is_profile
ORDER BY file_no
FETCH FIRST 100 ROWS ONLY
