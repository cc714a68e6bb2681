SELECT etag FROM resumable_part WHERE upload_uuid = :uuid ORDER BY part_number
