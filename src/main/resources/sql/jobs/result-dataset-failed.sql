UPDATE result_dataset SET failure = :failure, due_at = NULL WHERE job_group_id = :jobGroup AND dataset_id IS NULL
