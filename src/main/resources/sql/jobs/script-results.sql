SELECT f.id, f.job_group_id, f.connection_id, f.bucket, f.object_key, f.byte_size, f.etag, j.id AS job_id, j.created_at, j.updated_at
FROM result_file f
JOIN job j ON j.job_group_id = f.job_group_id AND j.job_type = 'publish'
WHERE f.job_group_id IN (:groups) AND f.state = 'published' AND NOT f.is_profile
ORDER BY f.job_group_id, f.file_no
