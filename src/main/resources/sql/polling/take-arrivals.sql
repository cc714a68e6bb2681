UPDATE arrival SET run_id = :run, is_left_out = FALSE
WHERE schedule_id = :schedule AND run_id IS NULL AND object_hash IN (:hashes)
