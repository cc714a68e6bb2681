SELECT COUNT(*) FROM upload
WHERE workspace_id = :workspace AND owner_id = :person AND bucket = :bucket AND object_key = :key
