SELECT id, object_key, byte_size, etag, last_modified
FROM arrival
WHERE run_id = :run AND NOT is_left_out AND id > :after
ORDER BY id
LIMIT :limit
