UPDATE import_task
SET status = :status, failure = :failure, updated_at = :now
WHERE id = :id AND status = 'running'
