SELECT job_group_id, output_no, connection_id, bucket, object_key, etag, source_uri
FROM result_file
WHERE job_group_id = :jobGroup AND output_no = :output AND state = 'published' AND NOT is_profile
ORDER BY file_no
