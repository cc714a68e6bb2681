SELECT a.id, a.object_key, a.byte_size, a.etag, a.last_modified
FROM arrival a
WHERE a.run_id = :run AND a.id > :after
    -- Of two versions of one object the later one is there now.
    AND NOT EXISTS (SELECT 1 FROM arrival b
        WHERE b.schedule_id = a.schedule_id AND b.key_hash = a.key_hash AND b.id > a.id)
ORDER BY a.id
LIMIT :limit
