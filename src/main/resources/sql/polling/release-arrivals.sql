UPDATE arrival SET run_id = NULL WHERE run_id = :run
