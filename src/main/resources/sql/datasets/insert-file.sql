INSERT INTO dataset_file (dataset_id, file_no, object_key, byte_size, etag, last_modified)
VALUES (:dataset, :number, :key, :size, :etag, :lastModified)
