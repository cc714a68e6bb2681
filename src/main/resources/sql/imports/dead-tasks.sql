SELECT id FROM import_task WHERE status = 'running' AND updated_at < :before ORDER BY id
