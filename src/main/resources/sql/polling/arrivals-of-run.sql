SELECT id, object_key, byte_size, etag, last_modified
FROM arrival
WHERE run_id = :run AND id > :after
ORDER BY id
LIMIT :limit
