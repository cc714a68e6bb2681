DELETE FROM multipart_upload WHERE id = :id
