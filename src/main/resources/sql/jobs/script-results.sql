-- Whose results are published has a job that did it. Were that no outer join, HSQLDB would begin with all such jobs.
SELECT f.id, f.job_group_id, f.connection_id, f.bucket, f.object_key, f.byte_size, f.etag, f.output_no,
    COALESCE(o.id, j.id) AS job_id, j.created_at, j.updated_at
FROM result_file f
LEFT JOIN job j ON j.job_group_id = f.job_group_id AND j.job_type = 'publish'
LEFT JOIN job o ON o.job_group_id = f.job_group_id AND o.job_type = 'filewriter' AND o.output_no = f.output_no
WHERE f.job_group_id IN (:groups) AND f.state = 'published' AND NOT f.is_profile
ORDER BY f.job_group_id, f.file_no
