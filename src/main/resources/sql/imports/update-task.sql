UPDATE import_task
SET file_count = :files, byte_count = :bytes, ignored_count = :ignored, refused_count = :refused, updated_at = :now
WHERE id = :id AND status = 'running'
