SELECT DISTINCT g.id
FROM job_group g
JOIN job j ON j.job_group_id = g.id AND j.job_type = 'publish'
JOIN result_file f ON f.job_group_id = g.id
WHERE j.status IN ('Failed', 'Canceled') AND j.committed_at IS NULL AND f.state <> 'published'
ORDER BY g.id
