-- Those that every node can read, the last ones first: the node that has the job begins with the first ones.
SELECT id, source_uri, source_object, connection_id, bucket, object_key, claimed_by
FROM result_file
WHERE job_group_id = :#${variable.job.jobGroupId} AND state = 'pending' AND source_uri LIKE 's3://%'
ORDER BY file_no DESC
