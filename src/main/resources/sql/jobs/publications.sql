SELECT j.id, g.id AS job_group_id, g.published_to, g.status, g.failure, g.warning, m.person_id, g.created_at, g.updated_at
FROM job_group g
JOIN job j ON j.job_group_id = g.id AND j.job_type = 'publish'
JOIN membership m ON m.id = g.membership_id
WHERE g.published_from = :jobGroup
ORDER BY g.id
