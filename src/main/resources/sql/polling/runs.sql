SELECT r.id, r.cause, r.state, r.due_at, r.started_at, r.ended_at, r.listed_count, r.new_count, r.changed_count, r.waiting_count,
    r.ignored_count, r.left_out_count, r.left_out, r.reason, r.dataset_id, r.job_group_id, g.status AS job_status,
    g.failure AS job_failure
FROM schedule_run r
LEFT JOIN job_group g ON g.id = r.job_group_id
WHERE r.schedule_id = :schedule
ORDER BY r.id DESC
LIMIT :limit OFFSET :offset
