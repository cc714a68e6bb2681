SELECT f.object_key, f.etag
FROM result_file f
JOIN schedule_run r ON r.job_group_id = f.job_group_id
WHERE r.schedule_id = :schedule AND f.bucket = :bucket AND f.object_key IN (:keys)
