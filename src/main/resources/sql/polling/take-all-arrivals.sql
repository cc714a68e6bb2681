UPDATE arrival SET run_id = :run WHERE schedule_id = :schedule AND run_id IS NULL AND NOT is_left_out
