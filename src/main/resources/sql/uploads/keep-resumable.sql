UPDATE resumable_upload
SET claimed_at = :now, expires_at = :expires, kept_bytes = :kept,
    byte_offset = CASE WHEN :kept < byte_size THEN :kept ELSE byte_offset END
WHERE uuid = :uuid AND claim = :claim
