-- Newest first. A job that somebody has canceled tells nothing of those that follow.
SELECT g.id, g.status, g.failure
FROM schedule_run r
JOIN job_group g ON g.id = r.job_group_id
WHERE r.schedule_id = :schedule AND r.started_at >= :since AND g.status IN ('Complete', 'Failed')
ORDER BY r.id DESC
LIMIT :limit
