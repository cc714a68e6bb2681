UPDATE result_dataset SET due_at = :now
WHERE job_group_id = :jobGroup AND due_at IS NULL AND dataset_id IS NULL AND failure IS NULL
