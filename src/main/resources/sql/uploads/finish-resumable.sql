UPDATE resumable_upload
SET finished_at = :now, byte_offset = byte_size, claim = NULL
WHERE uuid = :uuid AND claim = :claim
