UPDATE resumable_upload
SET claimed_at = :now, expires_at = :expires
WHERE uuid = :uuid AND claim = :claim
