SELECT object_hash, run_id, is_left_out FROM arrival WHERE schedule_id = :schedule AND object_hash IN (:hashes)
