INSERT INTO upload (uuid, workspace_id, owner_id, bucket, object_key, file_name, byte_size, created_at)
VALUES (:#${variable.upload.uuid}, :#${variable.caller.workspaceId}, :#${variable.caller.personId},
    :#${variable.upload.place.bucket}, :#${variable.upload.place.key}, :#${variable.upload.name},
    :#${variable.stored.size}, :#${variable.upload.begun})
