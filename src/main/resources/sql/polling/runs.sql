SELECT id, cause, state, due_at, started_at, ended_at, listed_count, new_count, changed_count, waiting_count,
    ignored_count, left_out_count, left_out, reason, dataset_id, job_group_id
FROM schedule_run
WHERE schedule_id = :schedule
ORDER BY id DESC
LIMIT :limit OFFSET :offset
