-- Two are enough to tell one file from several.
SELECT connection_id, bucket, object_key
FROM result_file
WHERE job_group_id = :jobGroup AND output_no = :output AND state = 'published' AND NOT is_profile
ORDER BY file_no
FETCH FIRST 2 ROWS ONLY
