UPDATE result_dataset SET due_at = :due WHERE job_group_id = :jobGroup AND dataset_id IS NULL AND failure IS NULL
