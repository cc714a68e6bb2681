INSERT INTO arrival (schedule_id, key_hash, object_hash, object_key, byte_size, etag, last_modified, run_id, is_left_out,
    recorded_at)
VALUES (:schedule, :keyHash, :objectHash, :key, :size, :etag, :lastModified, :run, FALSE, :now)
