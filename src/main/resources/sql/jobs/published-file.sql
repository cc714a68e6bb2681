-- Of the files of a job, no two are at one place.
SELECT f.job_group_id, f.output_no, f.connection_id, f.bucket, f.object_key, f.etag, f.source_uri
FROM job_group g
JOIN result_file f ON f.job_group_id = g.published_from
WHERE g.id = :jobGroup AND f.bucket = :bucket AND f.object_key = :key AND f.state = 'published' AND NOT f.is_profile
