DELETE FROM multipart_upload WHERE bucket = :bucket AND object_key = :key AND upload_id = :uploadId
