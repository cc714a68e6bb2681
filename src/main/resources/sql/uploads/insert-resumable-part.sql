INSERT INTO resumable_part (upload_uuid, part_number, etag) VALUES (:uuid, :number, :etag)
