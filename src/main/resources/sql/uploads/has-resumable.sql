SELECT COUNT(*) FROM resumable_upload WHERE uuid = :uuid
