SELECT id, source_uri, source_object, connection_id, bucket, object_key, claimed_by
FROM result_file
WHERE id = :file AND job_group_id = :jobGroup AND state = 'pending'
