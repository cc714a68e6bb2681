UPDATE import_task
SET status = 'failed', failure = :#${variable.reason}, updated_at = :#${variable.now}
WHERE status = 'running' AND updated_at < :#${variable.before}
