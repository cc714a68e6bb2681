SELECT DISTINCT g.id
FROM job_group g
JOIN result_file f ON f.job_group_id = g.id
WHERE g.status = 'Failed' AND f.state <> 'published'
ORDER BY g.id
