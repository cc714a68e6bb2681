UPDATE result_dataset SET dataset_id = :dataset, due_at = NULL
WHERE job_group_id = :jobGroup AND dataset_id IS NULL AND failure IS NULL
