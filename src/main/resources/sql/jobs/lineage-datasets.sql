-- Datasets that come from one of these places, be it a file or a folder.
SELECT d.id, d.manifest_id
FROM imported_dataset d
WHERE d.bucket = :bucket AND d.object_key IN (:places) AND d.workspace_id + 0 = :workspace
    AND d.deleted_at IS NULL AND d.manifest_id IS NOT NULL
ORDER BY d.id DESC
FETCH FIRST 100 ROWS ONLY
