UPDATE arrival SET is_left_out = TRUE WHERE run_id = :run AND id IN (:ids)
