SELECT DISTINCT key_hash FROM arrival WHERE schedule_id = :schedule AND key_hash IN (:hashes)
