SELECT f.byte_size, f.modified_micros, f.bucket, f.object_key,
    (SELECT COUNT(*) FROM upload u WHERE u.uuid = f.uuid) AS recorded
FROM inbox_file f WHERE f.uuid = :uuid
