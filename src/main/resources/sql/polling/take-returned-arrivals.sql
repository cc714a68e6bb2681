UPDATE arrival SET run_id = :run
WHERE schedule_id = :schedule AND object_hash IN (:hashes) AND run_id IS NOT NULL AND NOT is_left_out
    AND EXISTS (SELECT 1 FROM arrival b
        WHERE b.schedule_id = arrival.schedule_id AND b.key_hash = arrival.key_hash AND b.run_id > arrival.run_id
            AND NOT b.is_left_out)
