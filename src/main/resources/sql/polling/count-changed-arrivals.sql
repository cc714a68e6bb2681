SELECT COUNT(*) FROM arrival a
WHERE a.run_id = :run
    AND EXISTS (SELECT 1 FROM arrival b
        WHERE b.schedule_id = a.schedule_id AND b.key_hash = a.key_hash AND (b.id < a.id OR b.run_id < a.run_id))
