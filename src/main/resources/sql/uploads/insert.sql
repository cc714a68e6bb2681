INSERT INTO upload (uuid, workspace_id, owner_id, bucket, object_key, file_name, byte_size, created_at)
VALUES (:uuid, :workspace, :owner, :bucket, :key, :name, :size, :now)
