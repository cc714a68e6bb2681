INSERT INTO result_file (job_group_id, file_no, source_uri, connection_id, bucket, object_key, state, listed, is_profile)
VALUES (:jobGroup, :fileNo, :source, :connection, :bucket, :key, 'pending', FALSE, :profile)
