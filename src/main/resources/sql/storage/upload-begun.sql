UPDATE multipart_upload SET upload_id = :uploadId WHERE id = :id
