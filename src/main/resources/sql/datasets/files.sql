SELECT object_key, byte_size, etag, last_modified FROM dataset_file
WHERE dataset_id = :id AND file_no >= :from AND file_no < :to
ORDER BY file_no
