INSERT INTO resumable_part (upload_uuid, part_number, etag, crc32c) VALUES (:uuid, :number, :etag, :crc32c)
