UPDATE arrival SET run_id = NULL, is_left_out = TRUE WHERE run_id = :run AND id IN (:ids)
