UPDATE arrival SET run_id = NULL
WHERE schedule_id = :schedule AND is_left_out AND run_id IS NOT NULL
