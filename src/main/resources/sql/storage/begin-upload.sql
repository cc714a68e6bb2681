INSERT INTO multipart_upload (connection_id, bucket, object_key, process_id, created_at)
VALUES (:connectionId, :bucket, :key, :processId, :now)
