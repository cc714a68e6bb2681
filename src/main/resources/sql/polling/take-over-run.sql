UPDATE schedule_run SET worker_id = :worker
WHERE id = :run AND state IN ('listing', 'registering', 'starting')
