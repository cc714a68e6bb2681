SELECT object_key, byte_size, etag, last_modified FROM manifest_file
WHERE manifest_id = :manifest AND POSITION(:part IN object_key) > 0
ORDER BY file_no
LIMIT :limit OFFSET :offset
