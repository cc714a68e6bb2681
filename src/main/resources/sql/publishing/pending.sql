SELECT id, source_uri, source_object, connection_id, bucket, object_key, claimed_by
FROM result_file
WHERE job_group_id = :#${variable.job.jobGroupId} AND state = 'pending'
ORDER BY file_no
