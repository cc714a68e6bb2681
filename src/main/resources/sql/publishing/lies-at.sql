UPDATE result_file
SET source_uri = :source
WHERE job_group_id = :jobGroup AND bucket = :bucket AND object_key = :key AND state = 'pending' AND source_uri <> :source
