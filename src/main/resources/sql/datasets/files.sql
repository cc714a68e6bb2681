SELECT object_key, byte_size, etag, last_modified FROM manifest_file
WHERE manifest_id = :manifest AND file_no >= :from AND file_no < :to
ORDER BY file_no
