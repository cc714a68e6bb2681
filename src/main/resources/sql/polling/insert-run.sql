INSERT INTO schedule_run (schedule_id, cause, state, worker_id, due_at, started_at, ended_at, listed_count, new_count,
    changed_count, waiting_count, ignored_count, left_out_count, reason)
VALUES (:schedule, :cause, :state, :worker, :due, :began, :ended, 0, 0, 0, 0, 0, 0, :reason)
