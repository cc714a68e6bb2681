UPDATE schedule_run SET dataset_id = :dataset, manifest_id = :manifest
WHERE id = :run AND worker_id = :worker AND state = 'registering'
