UPDATE schedule_run
SET state = :state, listed_count = :listed, new_count = :added, changed_count = :changed, waiting_count = :waiting,
    ignored_count = :ignored, left_out_count = :leftOutCount, left_out = :leftOut, reason = :reason, ended_at = :ended,
    dataset_id = :dataset, manifest_id = :manifest, job_group_id = :job
WHERE id = :run AND worker_id = :worker AND state IN ('listing', 'registering', 'starting')
