SELECT etag, COALESCE(crc32c, '') AS crc32c FROM resumable_part WHERE upload_uuid = :uuid ORDER BY part_number
