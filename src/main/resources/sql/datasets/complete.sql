UPDATE manifest
SET state = 'ready', file_count = :files, byte_count = :bytes, ignored_count = :ignored, updated_at = :now
WHERE id = :manifest AND state = 'writing'
