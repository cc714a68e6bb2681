UPDATE resumable_upload
SET claim = :claim, claimed_at = :now
WHERE uuid = :uuid AND membership_id = :membership AND finished_at IS NULL AND expires_at > :now
    AND (claim IS NULL OR claimed_at < :silent)
