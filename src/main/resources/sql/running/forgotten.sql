SELECT g.id
FROM job_group g
JOIN job j ON j.job_group_id = g.id AND j.job_type = 'wrangle'
WHERE j.status = 'Pending' AND g.status IN ('Created', 'InProgress') AND j.updated_at < :before
ORDER BY g.id
FETCH FIRST 100 ROWS ONLY
