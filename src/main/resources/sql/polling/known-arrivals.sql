SELECT object_hash, run_id FROM arrival WHERE schedule_id = :schedule AND object_hash IN (:hashes)
