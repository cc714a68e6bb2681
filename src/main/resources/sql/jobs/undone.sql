SELECT DISTINCT g.id
FROM job_group g
JOIN job j ON j.job_group_id = g.id
JOIN result_file f ON f.job_group_id = g.id
WHERE (j.job_type, j.status) IN (('publish', 'Failed'), ('publish', 'Canceled')) AND j.committed_at IS NULL AND f.state <> 'published'
ORDER BY g.id
