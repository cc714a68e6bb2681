SELECT id, cause, state, due_at, started_at, dataset_id, manifest_id, job_group_id, listed_count, new_count, changed_count,
    waiting_count, ignored_count, left_out_count, left_out
FROM schedule_run
WHERE schedule_id = :schedule AND state IN ('listing', 'registering', 'starting')
ORDER BY id
FETCH FIRST 1 ROWS ONLY
