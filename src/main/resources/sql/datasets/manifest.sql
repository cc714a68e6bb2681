SELECT file_no, object_key, byte_size, etag, last_modified
FROM manifest_file
WHERE manifest_id = :manifest AND file_no > :after
ORDER BY file_no
LIMIT :limit
