INSERT INTO upload (uuid, workspace_id, owner_id, bucket, object_key, file_name, byte_size, created_at)
SELECT r.uuid, m.workspace_id, m.person_id, r.bucket, r.object_key, r.file_name, r.byte_size, r.created_at
FROM resumable_upload r
JOIN membership m ON m.id = r.membership_id
WHERE r.uuid = :uuid
