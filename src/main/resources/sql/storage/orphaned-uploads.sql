SELECT u.id, u.connection_id, u.bucket, u.object_key, u.upload_id
FROM multipart_upload u
WHERE (u.created_at < :old
       OR (POSITION(:node IN u.process_id) = 1 AND u.process_id <> :processId)
       OR (u.upload_id IS NULL AND u.created_at < :lost))
  AND (u.upload_id IS NOT NULL
       OR NOT EXISTS (SELECT 1
                      FROM multipart_upload o
                      WHERE o.bucket = u.bucket AND o.object_key = u.object_key AND o.upload_id IS NOT NULL))
  AND NOT EXISTS (SELECT 1
                  FROM result_file f
                  WHERE f.bucket = u.bucket
                    AND f.object_key = u.object_key
                    AND f.state IN ('pending', 'staged'))
  AND NOT EXISTS (SELECT 1
                  FROM resumable_upload r
                  WHERE r.bucket = u.bucket AND r.object_key = u.object_key AND r.finished_at IS NULL)
ORDER BY u.id
