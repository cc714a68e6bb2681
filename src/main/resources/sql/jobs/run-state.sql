SELECT j.id AS job_id, g.id AS job_group_id, g.membership_id, g.dataset_id, g.manifest_id, g.run_parameters, j.status, j.attempts
FROM job_group g
JOIN job j ON j.job_group_id = g.id AND j.job_type = 'wrangle'
WHERE g.id = :jobGroup
