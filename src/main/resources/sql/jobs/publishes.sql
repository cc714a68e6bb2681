SELECT g.published_from, g.published_to, j.document
FROM job_group g
JOIN job j ON j.job_group_id = g.id AND j.job_type = 'publish'
WHERE g.id = :jobGroup AND g.published_from IS NOT NULL
