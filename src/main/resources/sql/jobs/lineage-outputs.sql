-- Each output by its file or, where it has several, by the first.
SELECT f.bucket, MIN(f.object_key) AS object_key, COUNT(*) AS files, COALESCE(SUM(f.byte_size), 0) AS bytes
FROM result_file f
WHERE f.job_group_id = :jobGroup AND f.state = 'published' AND NOT f.is_profile
GROUP BY f.bucket, f.output_no
ORDER BY f.output_no
FETCH FIRST 1000 ROWS ONLY
