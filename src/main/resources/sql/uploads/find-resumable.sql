SELECT uuid, bucket, object_key, file_name, byte_size, upload_id, mark, checksummed, kept_bytes, byte_offset, claim, expires_at, finished_at
FROM resumable_upload
WHERE uuid = :uuid AND membership_id = :membership
