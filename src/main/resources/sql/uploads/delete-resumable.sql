DELETE FROM resumable_upload WHERE uuid = :uuid
