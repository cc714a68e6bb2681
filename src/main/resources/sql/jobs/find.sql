SELECT j.id AS job_id, j.status, j.attempts, j.committed_at, g.id AS job_group_id, g.uuid, g.membership_id, g.name,
       g.execution, g.announced_as, g.status AS group_status
FROM job j
JOIN job_group g ON g.id = j.job_group_id
WHERE j.job_group_id = :jobGroup AND j.job_type = 'publish'
