SELECT dataset_id FROM job_group WHERE id = :jobGroup AND dataset_id IS NOT NULL
