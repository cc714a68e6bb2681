UPDATE imported_dataset
SET state = 'ready', file_count = :files, byte_count = :bytes, ignored_count = :ignored, updated_at = :now
WHERE id = :id AND state = 'importing'
