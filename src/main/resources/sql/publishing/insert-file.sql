INSERT INTO result_file (job_group_id, file_no, output_no, source_uri, source_size, source_object, connection_id, bucket, object_key, state, listed, is_profile)
VALUES (:jobGroup, :fileNo, :outputNo, :source, :sourceSize, :sourceObject, :connection, :bucket, :key, 'pending', FALSE, :profile)
