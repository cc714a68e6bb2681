INSERT INTO manifest_file (manifest_id, file_no, object_key, byte_size, etag, last_modified)
VALUES (:manifest, :number, :key, :size, :etag, :lastModified)
