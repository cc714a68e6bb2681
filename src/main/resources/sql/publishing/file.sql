SELECT id, source_uri, connection_id, bucket, object_key, state, staged, byte_size, md5, crc32c, etag, listed, is_profile
FROM result_file
WHERE id = :id
