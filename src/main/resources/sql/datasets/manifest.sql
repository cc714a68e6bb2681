SELECT file_no, object_key, byte_size, etag
FROM dataset_file
WHERE dataset_id = :dataset AND file_no > :after
ORDER BY file_no
LIMIT :limit
