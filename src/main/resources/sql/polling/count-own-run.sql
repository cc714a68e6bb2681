SELECT COUNT(*) FROM schedule_run
WHERE id = :run AND worker_id = :worker AND state IN ('listing', 'registering', 'starting')
