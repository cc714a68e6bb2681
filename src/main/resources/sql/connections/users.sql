SELECT 'dataset ' || CAST(id AS VARCHAR(20)) || ' "' || name || '"'
FROM imported_dataset
WHERE connection_id = :id AND deleted_at IS NULL
ORDER BY id
FETCH FIRST 100 ROWS ONLY
