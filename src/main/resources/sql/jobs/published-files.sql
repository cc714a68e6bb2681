SELECT connection_id, bucket, object_key, byte_size
FROM result_file
WHERE job_group_id = :group AND state = 'published'
ORDER BY file_no
