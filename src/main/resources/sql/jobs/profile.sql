-- The files of the profile: the same ones in each folder of results, those of the first one first.
SELECT f.connection_id, f.bucket, f.object_key, f.byte_size, f.etag
FROM result_file f
WHERE f.job_group_id = :group AND f.is_profile AND f.state = 'published'
ORDER BY f.file_no
