DELETE FROM import_task WHERE status <> 'running' AND updated_at < :#${variable.forgotten}
