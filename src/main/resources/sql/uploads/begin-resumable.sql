INSERT INTO resumable_upload (uuid, membership_id, bucket, object_key, file_name, byte_size, upload_id, mark, checksummed,
    kept_bytes, byte_offset, created_at, expires_at)
VALUES (:uuid, :membership, :bucket, :key, :name, :size, :uploadId, :mark, :checksummed, 0, 0, :now, :expires)
